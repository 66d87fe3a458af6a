package switchboard.http;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.BidiShape;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;
import org.apache.pekko.util.ByteString;

/**
 * The requests and answers of one connection, and whose turn it is. When it has been the client's for too long without a
 * whole request (headers that drip, nothing at all, a body that nobody reads any more), the connection is closed. An answer
 * lasts until its last byte is taken, so an open stream is never the client's turn.
 */
final class Turns
        extends AbstractGraphStageWithMaterializedValue<
                BidiShape<HttpResponse, HttpResponse, HttpRequest, HttpRequest>, Turns.End> {

    /** Ends the connection once nothing is owed to its client; no further request is taken. From any thread. */
    interface End {
        void once();
    }

    private static final String PATIENCE = "patience";
    private static final Connection CLOSE = Connection.create("close");

    private final Inlet<HttpResponse> answers = Inlet.create("Turns.answers");
    private final Outlet<HttpResponse> answered = Outlet.create("Turns.answered");
    private final Inlet<HttpRequest> requests = Inlet.create("Turns.requests");
    private final Outlet<HttpRequest> asked = Outlet.create("Turns.asked");
    private final BidiShape<HttpResponse, HttpResponse, HttpRequest, HttpRequest> shape =
            new BidiShape<>(answers, answered, requests, asked);
    private final Duration patience;
    private final LongAdder late;

    /** {@code late} counts whom {@code patience} was lost with. */
    Turns(Duration patience, LongAdder late) {
        this.patience = patience;
        this.late = late;
    }

    @Override
    public BidiShape<HttpResponse, HttpResponse, HttpRequest, HttpRequest> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, End> createLogicAndMaterializedValuePair(Attributes inherited) {
        var logic = new Logic();
        return Pair.create(logic, () -> logic.ending.invoke(NotUsed.notUsed()));
    }

    private final class Logic extends TimerGraphStageLogic {

        private final AsyncCallback<NotUsed> ending = createAsyncCallback(_ -> end());
        private final AsyncCallback<NotUsed> taken = createAsyncCallback(_ -> taken());
        private long since = System.nanoTime();
        private int owed;
        private boolean ends;

        Logic() {
            super(shape);
            setHandler(requests, new AbstractInHandler() {
                @Override
                public void onPush() {
                    owed++;
                    push(asked, grab(requests));
                }

                @Override
                public void onUpstreamFinish() {
                    complete(asked);
                }
            });
            setHandler(asked, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    if (!ends) {
                        pull(requests);
                    }
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(requests, cause);
                }
            });
            setHandler(answers, new AbstractInHandler() {
                @Override
                public void onPush() {
                    var answer = grab(answers);
                    push(answered, watched(ends ? answer.addHeader(CLOSE) : answer));
                    if (answer.entity().isStrict()) {
                        taken();
                    }
                }

                @Override
                public void onUpstreamFinish() {
                    complete(answered);
                }
            });
            setHandler(answered, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(answers);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(answers, cause);
                }
            });
        }

        @Override
        public void preStart() {
            scheduleOnce(PATIENCE, patience);
        }

        /** One timer a connection, not one a request: it looks when the turn began, and comes again. */
        @Override
        public void onTimer(Object key) {
            var left = patience.minusNanos(System.nanoTime() - since);
            if (owed > 0) {
                scheduleOnce(PATIENCE, patience);
            } else if (left.isPositive()) {
                scheduleOnce(PATIENCE, left);
            } else {
                late.increment();
                completeStage();
            }
        }

        private HttpResponse watched(HttpResponse answer) {
            var watch = Flow.of(ByteString.class).<NotUsed>watchTermination((_, end) -> {
                end.whenComplete((_, _) -> taken.invoke(NotUsed.notUsed()));
                return NotUsed.notUsed();
            });
            return switch (answer.entity()) {
                case HttpEntity.Strict _ -> answer;
                case HttpEntity.Default it ->
                    answer.withEntity(HttpEntities.create(
                            it.getContentType(),
                            it.getContentLengthOption().orElseThrow(),
                            it.getDataBytes().via(watch)));
                case HttpEntity it ->
                    answer.withEntity(HttpEntities.create(
                            it.getContentType(), it.getDataBytes().via(watch)));
            };
        }

        private void taken() {
            owed--;
            since = System.nanoTime();
            if (ends && owed == 0) {
                completeStage();
            }
        }

        private void end() {
            ends = true;
            if (owed == 0) {
                completeStage();
            }
        }
    }
}
