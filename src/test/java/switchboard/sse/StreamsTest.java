package switchboard.sse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import switchboard.SwitchboardProcess;
import switchboard.request.Fault;
import switchboard.security.Principal;
import switchboard.security.Role;
import switchboard.sse.Streams.Bounds;

/** What becomes of an answer that goes on, as time is told. */
class StreamsTest {

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final Principal ANA = new Principal("local", Role.AGENT, "ana", Set.of());
    private static final Bounds BOUNDS = new Bounds(
            3, 2, Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMillis(500));

    private final Streams streams = new Streams(actors.system(), BOUNDS);
    private final long now = System.nanoTime();
    private volatile Optional<Fault> fault = Optional.empty();
    private volatile Optional<Duration> waits = Optional.empty();

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void a_reader_who_takes_nothing_for_too_long_is_cut_off_and_counted_once() {
        var reader = reads(endless());
        reader.requestNext();

        waits = Optional.of(Duration.ofSeconds(29));
        streams.look(now);
        assertThat(streams.slow()).isZero();
        waits = Optional.of(Duration.ofSeconds(31));
        streams.look(now);
        streams.look(now);

        reader.expectError();
        assertThat(streams.slow()).isEqualTo(1);
        gone();
    }

    @Test
    void a_caller_whose_credential_stands_no_longer_is_told_so_and_shown_nothing_more() {
        var reader = reads(endless());
        reader.requestNext();

        fault = Optional.of(Fault.KEY_REVOKED);
        streams.look(now);

        var said = ByteString.emptyByteString();
        while (!said.utf8String().contains("end")) {
            said = reader.requestNext();
        }
        assertThat(said.utf8String()).isEqualTo("event: end\ndata: {\"code\":\"key_revoked\"}\n\n");
        reader.expectComplete();
        assertThat(streams.revoked()).isEqualTo(1);
        gone();
    }

    @Test
    void what_comes_after_the_credential_fell_is_not_shown_though_nobody_has_looked_yet() {
        var source = TestPublisher.<ByteString>probe(0, actors.system().classicSystem());
        var reader = reads(Source.fromPublisher(source));
        source.sendNext(ByteString.fromString("before"));
        reader.requestNext();
        assertThat(reader.requestNext().utf8String()).isEqualTo("before");

        fault = Optional.of(Fault.KEY_REVOKED);
        source.sendNext(ByteString.fromString("after"));

        assertThat(reader.requestNext().utf8String()).isEqualTo("event: end\ndata: {\"code\":\"key_revoked\"}\n\n");
        reader.expectComplete();
        streams.look(now);
        assertThat(streams.revoked()).isEqualTo(1);
        gone();
    }

    @Test
    void one_who_does_not_even_read_his_last_words_is_cut_off_after_the_grace() {
        var reader = reads(endless());
        reader.ensureSubscription();
        SwitchboardProcess.await("a beginning", () -> streams.count() == 1);

        fault = Optional.of(Fault.TOKEN_EXPIRED);
        streams.look(now);
        streams.look(now + TimeUnit.SECONDS.toNanos(1));

        reader.expectError();
        gone();
    }

    @Test
    void an_answer_that_never_began_gives_its_place_back() {
        streams.open(ANA, Optional::empty);

        streams.look(now + TimeUnit.SECONDS.toNanos(29));
        assertThat(streams.count()).isEqualTo(1);
        streams.look(now + TimeUnit.SECONDS.toNanos(40));

        assertThat(streams.count()).isZero();
    }

    @Test
    void a_stream_that_fails_gives_its_place_back() {
        var reader = reads(Source.failed(new IllegalStateException("broken")));

        reader.expectSubscriptionAndError();
        gone();
    }

    @Test
    void where_nothing_comes_there_is_a_heartbeat() {
        var often = new Streams(
                actors.system(),
                new Bounds(
                        1, 1, Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(1)));
        var reader = run(often.open(ANA, Optional::empty).carrying(Source.never(), _ -> Optional.empty()));

        assertThat(reader.requestNext().utf8String()).startsWith("retry: ");
        assertThat(reader.requestNext().utf8String()).isEqualTo(":\n\n");
        assertThat(reader.requestNext().utf8String()).isEqualTo(":\n\n");
        reader.cancel();
    }

    @Test
    void a_stop_is_over_when_all_streams_are_even_if_one_does_not_read() throws Exception {
        var reads = reads(endless());
        reads.request(1_000);
        reads(endless()).ensureSubscription();

        streams.stop().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(streams.count()).isZero();
    }

    private TestSubscriber.Probe<ByteString> reads(Source<ByteString, org.apache.pekko.NotUsed> frames) {
        return run(streams.open(ANA, () -> fault).carrying(frames, _ -> waits));
    }

    private static TestSubscriber.Probe<ByteString> run(HttpResponse response) {
        return response.entity()
                .getDataBytes()
                .runWith(TestSink.create(actors.system().classicSystem()), actors.system());
    }

    private static Source<ByteString, org.apache.pekko.NotUsed> endless() {
        return Source.repeat(ByteString.fromString("id: 1\n\n"));
    }

    private void gone() {
        SwitchboardProcess.await("its end", () -> streams.count() == 0);
    }
}
