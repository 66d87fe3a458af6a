package switchboard.micro;

import org.openjdk.jmh.annotations.Benchmark;
import switchboard.event.ConversationEvent;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;

/** One entry of 200 characters: made and read. */
public class EntryBenchmark extends Timed {

    /** What is stored beside the envelope. */
    private record Contents(String once, String time, String sealed) {}

    private final Head head = Head.of(Log.PID);
    private final TenantKeys keys = Log.KEYS;
    private final Pen pen = new Pen(keys, 1);
    private final Contents contents =
            new Contents("A".repeat(43), "", DataKey.random().seal(new byte[200], Log.PID, 1));
    private final Log log = Log.of(1);
    private final Entry entry = log.message();

    /** What is sealed already: JSON, mac, hash. */
    @Benchmark
    public Entry penned() {
        return pen.write(head, "message.received", Log.NOON, 1, contents);
    }

    /** All that a customer's message becomes: sealed too, with its identity. */
    @Benchmark
    public Entry sealedAndPenned() {
        return log.message();
    }

    /** As it comes from the journal: envelope and hash. */
    @Benchmark
    public Entry parsed() {
        return Entry.of(entry.bytes());
    }

    /** Its contents. */
    @Benchmark
    public ConversationEvent event() {
        return ConversationEvent.of(entry);
    }

    /** Its mac. */
    @Benchmark
    public boolean genuine() {
        return entry.genuine(keys);
    }
}
