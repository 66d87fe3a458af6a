package switchboard.edge;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.Done;
import switchboard.audit.Reads;
import switchboard.audit.Reads.Read;
import switchboard.audit.Reads.Recorded;

/** Who looked, in memory. */
public final class TestReads implements Reads.Rows {

    private record Row(String tenant, String conversation, Recorded recorded) {}

    private final List<Row> rows = new CopyOnWriteArrayList<>();
    public volatile boolean away;

    public void clear() {
        rows.clear();
        away = false;
    }

    /** Each in one line, {@code local auditor@local/auditor history 0-3 complaint}, in order. */
    public List<String> lines() {
        return rows.stream().map(TestReads::line).toList();
    }

    /** Somebody changes the last row. */
    public void damage() {
        var last = rows.removeLast();
        rows.add(new Row(last.tenant, last.conversation, new Recorded.Damaged(last.recorded.id())));
    }

    @Override
    public CompletionStage<Done> add(String tenant, String conversation, Read read) {
        if (away) {
            return CompletableFuture.failedStage(new IllegalStateException("away"));
        }
        rows.add(new Row(tenant, conversation, new Recorded.Genuine(read)));
        return completedStage(Done.getInstance());
    }

    @Override
    public CompletionStage<List<Recorded>> page(String tenant, String conversation, Optional<UUID> before, int limit) {
        return away
                ? CompletableFuture.failedStage(new IllegalStateException("away"))
                : completedStage(rows.reversed().stream()
                        .filter(row -> row.tenant.equals(tenant) && row.conversation.equals(conversation))
                        .map(Row::recorded)
                        .filter(r -> before.isEmpty()
                                || r.id().timestamp() < before.get().timestamp())
                        .limit(limit)
                        .toList());
    }

    private static String line(Row row) {
        return switch (row.recorded) {
            case Recorded.Genuine(Read read) ->
                "%s %s/%s %s %d-%d %s"
                        .formatted(
                                row.tenant,
                                read.reader(),
                                read.role(),
                                read.seen().what().word(),
                                read.seen().after(),
                                read.seen().until(),
                                read.purpose())
                        .strip();
            case Recorded.Damaged _ -> "damaged";
        };
    }
}
