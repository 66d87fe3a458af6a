package switchboard.audit;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import switchboard.audit.Verdict.Fault;
import switchboard.audit.Verdict.Tampered;
import switchboard.journal.Journal.Row;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;

/** A log of eight entries in memory, the rows that its table would have, and what is said of them. */
class LogFixture {

    static final DataKey DAMAGED = DataKey.random();
    static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    static final TenantKeys FORGERS = new TenantKeys(new byte[32], filled(7));
    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    static final String PID = "Conversation|acme:c";

    final Pen pen = new Pen(KEYS, 2);
    final DataKey key = new DataKey(new byte[12], filled(1));
    final Map<String, DataKey> vault = new HashMap<>(Map.of(key.id(), key));
    final List<Head> recorded = new ArrayList<>();
    final List<Entry> log = log(PID, 8);
    final List<Row> rows =
            new ArrayList<>(log.stream().map(e -> new Row(e.seq(), e)).toList());

    private static @Nullable ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void stop() {
        requireNonNull(kit).shutdownTestKit();
    }

    Verdict verdict() {
        return Verification.check(
                        Source.from(rows),
                        new Walk(PID, KEYS, recorded),
                        new Contents(PID, this::look),
                        requireNonNull(kit).system())
                .toCompletableFuture()
                .join();
    }

    Fault fault() {
        return ((Tampered) verdict()).fault();
    }

    Verdict verdictOfWalk() {
        var walk = new Walk(PID, KEYS, recorded);
        rows.forEach(walk::take);
        return walk.finish();
    }

    CompletionStage<Optional<DataKey>> look(String id) {
        var found = vault.get(id);
        return found == DAMAGED
                ? CompletableFuture.failedStage(new DataKey.Damaged("acme", id))
                : CompletableFuture.completedStage(Optional.ofNullable(found));
    }

    /** The second entry notes the key; all are sealed with it. */
    List<Entry> log(String pid, int count) {
        var entries = new ArrayList<Entry>();
        var head = Head.of(pid);
        for (int n = 1; n <= count; n++) {
            var data = new HashMap<String, Object>();
            data.put("note", "text " + n);
            data.put("sealed", key.seal("secret".getBytes(StandardCharsets.UTF_8), pid, n));
            if (n == 2) {
                data.put(
                        "key",
                        Map.of("id", key.id(), "commitment", key.commitment().toString()));
            } else if (n == 1) {
                data.remove("sealed");
            }
            entries.add(pen.write(head, "message.received", time(n), 1, data));
            head = Head.after(entries.getLast());
        }
        return entries;
    }

    static Map<String, String> note(String text) {
        return Map.of("note", text);
    }

    String seal(long seq) {
        return key.seal("secret".getBytes(StandardCharsets.UTF_8), PID, seq);
    }

    Head at(int number) {
        return Head.after(entry(number));
    }

    Entry entry(int number) {
        return log.get(number - 1);
    }

    void insert(long number, Entry entry) {
        rows.add(new Row(number, entry));
        rows.sort(Comparator.comparingLong(Row::number));
    }

    void remove(long number) {
        rows.removeIf(row -> row.number() == number);
    }

    void replace(long number, Entry entry) {
        remove(number);
        insert(number, entry);
    }

    static Instant time(int n) {
        return NOON.plusMillis(n);
    }

    static byte[] filled(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
