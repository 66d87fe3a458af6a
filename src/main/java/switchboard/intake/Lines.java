package switchboard.intake;

import java.util.ArrayDeque;
import java.util.List;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.util.ByteString;
import switchboard.request.Fault;
import switchboard.request.Problem;

/**
 * An NDJSON body as its lines. A body that fails loses no line that was whole: they come, then one that says why. What
 * follows after the end is let through unread while it stays within the body's bounds, so that the sender can finish.
 */
public final class Lines extends GraphStage<FlowShape<ByteString, Line>> {

    /** Lines that are not blank. */
    public static final int MOST_EVENTS = 10_000;

    /** Also once inflated. */
    public static final int MOST_BYTES = 32 << 20;

    private final Inlet<ByteString> in = Inlet.create("Lines.in");
    private final Outlet<Line> out = Outlet.create("Lines.out");
    private final FlowShape<ByteString, Line> shape = FlowShape.of(in, out);

    @Override
    public FlowShape<ByteString, Line> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {

        private final Framing framing = new Framing(MOST_EVENTS, MOST_BYTES);
        private final ArrayDeque<Line> ready = new ArrayDeque<>();

        Logic() {
            super(shape);
            setHandler(in, handler);
            setHandler(out, handler);
        }

        private final AbstractInOutHandler handler = new AbstractInOutHandler() {
            @Override
            public void onPush() {
                ready.addAll(framing.add(grab(in).toArray()));
                if (framing.overflown()) {
                    last(List.of());
                } else if (isAvailable(out)) {
                    onPull();
                }
            }

            @Override
            public void onPull() {
                if (ready.isEmpty()) {
                    pull(in);
                } else {
                    push(out, ready.remove());
                }
            }

            @Override
            public void onUpstreamFinish() {
                last(framing.end());
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
                last(framing.broken(failure instanceof Problem known ? known : new Problem(Fault.BAD_REQUEST)));
            }
        };

        private void last(List<Line> lines) {
            ready.addAll(lines);
            emitMultiple(out, ready.iterator(), Logic.this::completeStage);
        }
    }
}
