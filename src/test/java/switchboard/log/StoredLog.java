package switchboard.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Logs as they were once stored, which are read for ever. */
public final class StoredLog {

    /** One entry a line of that resource. */
    public static List<Entry> read(String resource) {
        return text(resource)
                .lines()
                .map(line -> Entry.of(line.getBytes(UTF_8)))
                .toList();
    }

    public static String text(String resource) {
        try (var in = StoredLog.class.getResourceAsStream(resource)) {
            return new String(requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands of these rows of the log {@code persistenceId}. */
    public static List<Entry> standing(String persistenceId, List<Entry> rows) {
        var standing = new ArrayList<Entry>();
        var chain = Chain.standing(Head.of(persistenceId), standing::add);
        rows.forEach(row -> chain.add(row.seq(), row));
        chain.finish();
        return standing;
    }

    /** What {@code sealed} holds in the entry with that number; empty where there is nothing. */
    public static String opened(DataKey key, String sealed, String persistenceId, long seq) {
        return sealed.isEmpty()
                ? ""
                : new String(key.open(sealed, persistenceId, seq).orElseThrow(), UTF_8);
    }

    /** Every kind of event there is. */
    public static Stream<Class<?>> kinds(Class<?> event) {
        return event.isSealed()
                ? Arrays.stream(event.getPermittedSubclasses()).flatMap(StoredLog::kinds)
                : Stream.of(event);
    }

    private StoredLog() {}
}
