package switchboard.workspace;

import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import switchboard.agent.Agent.Following;
import switchboard.history.Live;
import switchboard.history.Live.Counts;
import switchboard.history.Live.Pace;
import switchboard.history.Live.Waiting;

/**
 * What one agent has before her, as one stream for as long as it is taken: her own log after a number, and every
 * conversation that she holds by it, at most {@link Cursor#MOST} at a time (others have to wait for a place). Her own
 * entries go before, conversations have their turns one by one; each of them is in order and without a gap, however often
 * the stream is resumed. In memory there is of each conversation a share of what one reader may hold.
 */
public final class Workspace extends GraphStage<SourceShape<Shown>> {

    private static final int SHARE = 16;

    final Outlet<Shown> out = Outlet.create("workspace");
    final Stay stay;
    final Logs logs;
    final Cursor from;
    final boolean resumed;
    final Pace pace;
    final Waiting waiting;

    private final SourceShape<Shown> shape = SourceShape.of(out);
    private final Counts counts;

    /** {@code resumed}: whether {@code from} is hers; else what she has before her is shown from its beginning. */
    public Workspace(String agent, Logs logs, Cursor from, boolean resumed, Pace pace, Counts counts, Waiting waiting) {
        this.stay = new Stay(agent, logs, pace.shared(SHARE), counts);
        this.logs = logs;
        this.from = from;
        this.resumed = resumed;
        this.pace = pace;
        this.counts = counts;
        this.waiting = waiting;
    }

    /** Her own log; ends once she is no more. */
    Source<Line, NotUsed> own(java.util.function.Consumer<Following> connected) {
        var log = logs.own(connected);
        return Source.fromGraph(new Live(log, from.seq(), Long.MAX_VALUE, pace, counts, new Waiting()))
                .mapAsync(1, log::line);
    }

    /** What comes first. */
    Optional<Shown> first() {
        return resumed ? Optional.empty() : Optional.of(new Shown.Begun(from));
    }

    @Override
    public SourceShape<Shown> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new WorkspaceLogic(this);
    }
}
