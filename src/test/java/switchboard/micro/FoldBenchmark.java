package switchboard.micro;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import switchboard.conversation.Replay;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;

/** What an entry costs that was read: the state of a conversation from its log, and the chain alone. */
public class FoldBenchmark extends Timed {

    private static final int TURNS = 97;

    /** With what {@link Log#of} begins with. */
    private static final int ENTRIES = TURNS + 3;

    private final List<Entry> entries = Log.of(TURNS).entries();

    /** As a replay does: the chain is followed, and what stands is folded. */
    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public long fold() {
        var replay = new Replay("local", Log.ID);
        entries.forEach(replay::add);
        return replay.seq();
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public Head chain() {
        var standing = new ArrayList<Entry>(ENTRIES);
        var chain = Chain.standing(Head.of(Log.PID), standing::add);
        entries.forEach(entry -> chain.add(entry.seq(), entry));
        return chain.finish();
    }
}
