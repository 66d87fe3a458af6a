package switchboard.http;

import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.TLSClosing;
import org.apache.pekko.stream.TLSProtocol.SslTlsInbound;
import org.apache.pekko.stream.TLSProtocol.SslTlsOutbound;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.TLS;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * The encrypted bytes of one connection, which it closes after our last. Pekko's own TLS waits there until the client says
 * that it goes too: a client that never does, or goes on talking, or never ended its handshake, would stay.
 */
final class Encryption extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration HANDSHAKE = Duration.ofSeconds(1);
    private static final String LOOK = "look";
    private static final String NO_PROTOCOL_YET = "NONE";

    private final Inlet<ByteString> ours = Inlet.create("Encryption.ours");
    private final Outlet<ByteString> sent = Outlet.create("Encryption.sent");
    private final Inlet<ByteString> received = Inlet.create("Encryption.received");
    private final Outlet<ByteString> theirs = Outlet.create("Encryption.theirs");
    private final SSLEngine engine;
    private volatile boolean said;

    private Encryption(SSLEngine engine) {
        this.engine = engine;
    }

    /** For one connection: an engine is of no use to a second. */
    static BidiFlow<SslTlsOutbound, ByteString, ByteString, SslTlsInbound, NotUsed> of(SSLEngine engine) {
        var it = new Encryption(engine);
        var saying = Flow.of(SslTlsOutbound.class).<NotUsed>watchTermination((_, end) -> {
            end.whenComplete((_, _) -> it.said = true);
            return NotUsed.notUsed();
        });
        return BidiFlow.fromFlows(saying, Flow.of(SslTlsInbound.class))
                .atop(TLS.create(() -> engine, TLSClosing.eagerClose()))
                .atop(BidiFlow.fromGraph(it));
    }

    /** Nothing more comes from us; in a handshake the engine is not told so. */
    private boolean over() {
        return engine.isOutboundDone() || (said && handshakes());
    }

    private boolean handshakes() {
        return engine.getSession().getProtocol().equals(NO_PROTOCOL_YET);
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return new BidiShape<>(ours, sent, received, theirs);
    }

    @Override
    public GraphStageLogic createLogic(Attributes inherited) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {

        private boolean taken;

        Logic() {
            super(shape());
            setHandler(ours, new AbstractInHandler() {
                @Override
                public void onPush() {
                    taken = false;
                    push(sent, grab(ours));
                    if (engine.isOutboundDone()) {
                        scheduleOnce(LOOK, PAUSE);
                    }
                }
            });
            setHandler(sent, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(ours);
                }
            });
            setHandler(received, new AbstractInHandler() {
                @Override
                public void onPush() {
                    push(theirs, grab(received));
                }

                @Override
                public void onUpstreamFinish() {
                    complete(theirs);
                }
            });
            setHandler(theirs, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(received);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(received, cause);
                }
            });
        }

        @Override
        public void preStart() {
            scheduleOnce(LOOK, HANDSHAKE);
        }

        /**
         * Our last may still be on its way here: closed after a pause in which more could be taken and nothing came.
         */
        @Override
        public void onTimer(Object key) {
            if (over()) {
                closeOrWait();
            } else if (handshakes()) {
                scheduleOnce(LOOK, HANDSHAKE);
            }
        }

        private void closeOrWait() {
            if (taken) {
                completeStage();
            } else {
                taken = isAvailable(sent);
                scheduleOnce(LOOK, PAUSE);
            }
        }
    }
}
