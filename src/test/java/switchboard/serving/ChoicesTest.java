package switchboard.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.register.Register;
import switchboard.scribe.PlainHouse;
import switchboard.serving.Choice.Command;
import switchboard.serving.Models.Shelved;
import switchboard.understanding.Example;
import switchboard.understanding.Shop;
import switchboard.versions.Ended;
import switchboard.versions.Lesson;
import switchboard.versions.Minds;
import switchboard.versions.Version;

/** Of models that are really learned, on a node's disk, that one serves which was chosen in the log. */
class ChoicesTest {

    private static final String SHOP = "shop";
    private static final Duration EVERY = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private final ActorTestKit actors = ActorTestKit.create(PlainHouse.config());
    private final PlainHouse house = new PlainHouse();
    private final ActorRef<ClusterSharding.ShardCommand> shard =
            actors.<ClusterSharding.ShardCommand>createTestProbe().ref();
    private final ActorRef<Command> actor = actors.spawn(Choice.create(SHOP, shard, house.desk()));
    private final List<AutoCloseable> open = new ArrayList<>();
    private Minds minds;
    private Choices choices;

    @BeforeEach
    void begin() {
        minds = minds("node");
        choices = choices(minds);
    }

    @AfterEach
    void stop() throws Exception {
        for (var it : open) {
            it.close();
        }
        actors.shutdownTestKit();
    }

    private Minds minds(String disk) {
        var it = new Minds(folder.resolve(disk), Shop::vector, 3, () -> PlainHouse.NOON);
        open.add(it);
        return it;
    }

    private Choices choices(Minds minds) {
        var it = new Choices(
                new Register<>(actors.system(), _ -> actor, (_, _, _) -> Source.empty(), Duration.ofSeconds(20)),
                List.of(SHOP),
                minds,
                "models-" + open.size(),
                EVERY);
        open.add(it);
        return it;
    }

    @Test
    void the_latest_serves_until_somebody_chooses_and_it_is_said_what_it_was_taught() throws Exception {
        learn(minds, "parcel", "3");
        var version = learn(minds, "letter", "4");

        var list = now(choices.list(SHOP));

        assertThat(list.serving()).contains(version);
        assertThat(list.chosen().number()).isZero();
        assertThat(list.learning()).isEmpty();
        assertThat(list.versions()).extracting(it -> it.lesson().knowledge()).containsExactly("3", "4");
        var lesson = list.versions().getLast().lesson();
        assertThat(lesson.examples()).isEqualTo(Shop.EXAMPLES.size() + 1);
        assertThat(lesson.intents()).isEqualTo(3);
        assertThat(lesson.languages()).containsExactly("de", "en");
        assertThat(lesson.right()).isBetween(.5, 1.0);
    }

    @Test
    void one_that_is_pinned_serves_when_newer_ones_come_until_it_is_not_pinned_any_more() throws Exception {
        var first = learn(minds, "parcel", "1");
        learn(minds, "letter", "2");

        assertThat(choose(0, Version.name(first)).serving()).contains(first);
        var third = learn(minds, "crate", "3");
        assertThat(serving(minds)).isEqualTo(first);

        assertThat(choose(1, Models.LATEST).serving()).contains(third);
        assertThat(learn(minds, "barrel", "4")).isEqualTo(serving(minds));
    }

    @Test
    void rolled_back_an_earlier_one_serves() throws Exception {
        var first = learn(minds, "parcel", "1");
        var second = learn(minds, "letter", "2");
        assertThat(serving(minds)).isEqualTo(second);

        choose(-1, Version.name(first));
        assertThat(serving(minds)).isEqualTo(first);

        choose(-1, Version.name(second));
        assertThat(serving(minds)).isEqualTo(second);
    }

    @Test
    void after_a_restart_it_is_still_pinned() throws Exception {
        var first = learn(minds, "parcel", "1");
        learn(minds, "letter", "2");
        choose(0, Version.name(first));

        restart("node");
        minds.open(SHOP);
        learn(minds, "letter", "2");

        assertThat(serving(minds)).isEqualTo(first);
        assertThat(now(choices.list(SHOP)).chosen().number()).isEqualTo(1);
    }

    @Test
    void killed_after_the_choice_stood_before_this_node_had_done_it_it_is_done_after_the_restart() throws Exception {
        var first = learn(minds, "parcel", "1");
        learn(minds, "letter", "2");
        var probe = actors.<StatusReply<Choice.Chosen>>createTestProbe();
        choices.close();
        actor.tell(new Choice.Choose("adam", 0, first, probe.ref()));
        assertThat(probe.receiveMessage().isSuccess()).isTrue();

        restart("node");
        minds.open(SHOP);

        actors.createTestProbe().awaitAssert(() -> {
            assertThat(serving(minds)).isEqualTo(first);
            return first;
        });
    }

    @Test
    void on_a_new_disk_what_is_newest_serves_until_the_pinned_one_is_learned_again() throws Exception {
        var first = learn(minds, "parcel", "1");
        choose(0, Version.name(first));

        restart("new");
        var second = learn(minds, "letter", "2");
        pinned(first);
        assertThat(serving(minds)).isEqualTo(second);

        learn(minds, "parcel", "1");
        assertThat(serving(minds)).isEqualTo(first);
    }

    @Test
    void one_that_is_not_there_or_cannot_be_read_is_not_chosen() throws Exception {
        var first = learn(minds, "parcel", "1");
        var second = learn(minds, "letter", "2");
        Files.write(folder.resolve("node").resolve(SHOP).resolve(first + ".model"), new byte[] {1});

        for (var version : List.of(Version.name(first), "0123456789abcdef")) {
            assertThatThrownBy(() -> choose(-1, version)).hasMessageContaining("NO_SUCH_MODEL");
        }
        assertThat(now(choices.list(SHOP)).chosen().number()).isZero();
        assertThat(serving(minds)).isEqualTo(second);
    }

    @Test
    void what_is_chosen_where_the_disk_refuses_stands_and_is_done_once_the_disk_takes_it() throws Exception {
        var first = learn(minds, "parcel", "1");
        var second = learn(minds, "letter", "2");
        var obstacle = folder.resolve("node").resolve(SHOP).resolve("catalog.new");
        Files.createDirectories(obstacle.resolve("in the way"));

        var answer = choose(0, Version.name(first));
        assertThat(answer.chosen().number()).isEqualTo(1);
        assertThat(answer.serving()).contains(second);

        clear(obstacle);
        actors.createTestProbe().awaitAssert(() -> {
            assertThat(serving(minds)).isEqualTo(first);
            return first;
        });
    }

    private static void clear(Path obstacle) throws IOException {
        Files.deleteIfExists(obstacle.resolve("in the way"));
        Files.deleteIfExists(obstacle);
    }

    private void restart(String disk) {
        choices.close();
        minds.close();
        minds = minds(disk);
        choices = choices(minds);
    }

    /** Until this node has heard of it. */
    private void pinned(String hash) {
        actors.createTestProbe().awaitAssert(() -> {
            assertThat(Files.readString(folder.resolve("new").resolve(SHOP).resolve("catalog")))
                    .contains("serving " + hash + " pinned");
            return hash;
        });
    }

    private Shelved choose(long expected, String version) throws Exception {
        return now(choices.choose(SHOP, "adam", expected, version));
    }

    private static <T> T now(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static String serving(Minds minds) {
        return minds.of(SHOP).orElseThrow().version();
    }

    /** The hash of what is learned from the shop's examples and one about {@code word}. */
    private static String learn(Minds minds, String word, String knowledge) throws Exception {
        var examples = new ArrayList<>(Shop.EXAMPLES);
        examples.add(new Example("my " + word + " is gone", "status"));
        var end = new CompletableFuture<Ended>();
        minds.train(SHOP, examples, Lesson.of(knowledge, List.of("en", "de", "en")), new Minds.Listener() {
            @Override
            public void at(String stage, int done, int all) {
                // only how it ends is of interest
            }

            @Override
            public void ended(Ended how) {
                end.complete(how);
            }
        });
        return switch (end.get(60, TimeUnit.SECONDS)) {
            case Ended.Serves it -> it.version().hash();
            case Ended.Kept it -> it.version().hash();
            case Ended other -> throw new AssertionError(other);
        };
    }
}
