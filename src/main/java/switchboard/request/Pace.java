package switchboard.request;

import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.FlowShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.stage.AbstractInOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * Lets a body through that keeps a pace, and fails with BODY_TOO_SLOW otherwise: in every window of time at least 4 KiB,
 * and all of it by a deadline. A window in which the sender waited for us counts only while we waited for it.
 */
final class Pace extends GraphStage<FlowShape<ByteString, ByteString>> {

    /** Bytes of a window. */
    static final int LEAST = 4 * 1024;

    private static final String WINDOW = "window";
    private static final String OVERALL = "overall";

    private final Inlet<ByteString> in = Inlet.create("Pace.in");
    private final Outlet<ByteString> out = Outlet.create("Pace.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final Duration window;
    private final Duration overall;

    Pace(Duration window, Duration overall) {
        this.window = window;
        this.overall = overall;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {

        private long bytes;
        private long waited;
        private long pulled;

        Logic() {
            super(shape);
            var handler = new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    var chunk = grab(in);
                    waited += System.nanoTime() - pulled;
                    bytes += chunk.size();
                    push(out, chunk);
                }

                @Override
                public void onPull() {
                    pulled = System.nanoTime();
                    pull(in);
                }
            };
            setHandler(in, handler);
            setHandler(out, handler);
        }

        @Override
        public void preStart() {
            scheduleAtFixedRate(WINDOW, window, window);
            scheduleOnce(OVERALL, overall);
        }

        @Override
        public void onTimer(Object timer) {
            if (hasBeenPulled(in)) {
                var now = System.nanoTime();
                waited += now - pulled;
                pulled = now;
            }
            // A body that is ours to wait for takes up most of the window.
            var ours = waited < window.toNanos() / 10 * 9;
            if (timer.equals(OVERALL) || (bytes < LEAST && !ours)) {
                failStage(new Problem(Fault.BODY_TOO_SLOW));
            }
            bytes = 0;
            waited = 0;
        }
    }
}
