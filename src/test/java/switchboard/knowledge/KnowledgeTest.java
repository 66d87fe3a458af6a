package switchboard.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.knowledge.TestArticles.BUILT_IN;
import static switchboard.knowledge.TestArticles.article;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import switchboard.article.Article;
import switchboard.article.ArticleWriter;
import switchboard.knowledge.Catalogue.Command;
import switchboard.knowledge.Catalogue.Follow;
import switchboard.knowledge.Catalogue.Look;
import switchboard.knowledge.Catalogue.Told;
import switchboard.knowledge.Knowledge.InForce;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.register.Register;
import switchboard.retrieval.Search.Hit;
import switchboard.retrieval.Search.Kept;
import switchboard.scribe.PlainHouse;

/** What a node knows; the actors of tenants are played by a probe, their logs by lists. */
class KnowledgeTest {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Instant AT = PlainHouse.NOON;
    private static final String PID = "Knowledge|acme";

    private final ActorTestKit actors = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(actors.system());
    private final TestProbe<Command> actor = actors.createTestProbe();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final List<Entry> entries = new CopyOnWriteArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final AtomicInteger searched = new AtomicInteger();
    private final Knowledge knowledge = new Knowledge(
            new Register<>(actors.system(), _ -> actor.ref(), this::read, Duration.ofSeconds(10)),
            List.of("acme"),
            BUILT_IN,
            _ -> new float[0],
            _ -> searched.incrementAndGet(),
            EVERY);

    @AfterEach
    void stop() {
        knowledge.close();
        actors.shutdownTestKit();
    }

    @Test
    void before_anything_is_known_nothing_is_found_and_it_is_not_loaded() {
        assertThat(knowledge.inForce("acme").search().find("refund", "en", AT, 1))
                .isEmpty();
        assertThat(knowledge.loaded().toCompletableFuture()).isNotDone();
    }

    @Test
    void who_has_put_nothing_knows_what_is_built_in_as_version_0() throws Exception {
        follow(-1).tell(new Told("acme", 0));

        knowledge.loaded().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(found("where is my refund")).containsExactly("refund@0");
        assertThat(knowledge.counts().articles()).isEqualTo(2);
        assertThat(searched).hasValue(1);
    }

    @Test
    void what_is_put_and_removed_is_in_force_with_its_version_beside_what_is_built_in() {
        knowledge.onChange(this::changed);
        put("gift", "A card.");
        put("refund", "Six days.");
        removed("track");
        follow(-1).tell(new Told("acme", 3));
        inForce(3);

        assertThat(knowledge.all("acme").values())
                .containsExactly(new Kept(article("gift", "A card."), 1), new Kept(article("refund", "Six days."), 2));
        assertThat(found("where is my refund")).containsExactly("refund@2");
        wereTold("acme 3 2 by words", "acme 3 2");
    }

    @Test
    void it_is_told_of_each_version_in_order_or_of_the_last_of_several() {
        knowledge.onChange(this::changed);
        var node = follow(-1);
        node.tell(new Told("acme", 0));
        inForce(0);
        put("gift", "A card.");
        node.tell(new Told("acme", 1));
        node.tell(new Told("acme", 1));
        inForce(1);

        wereTold("acme 0 2 by words", "acme 0 2", "acme 1 3");
    }

    @Test
    void an_older_version_that_comes_late_changes_nothing() {
        put("gift", "One");
        put("gift", "Two");
        var node = follow(-1);
        node.tell(new Told("acme", 2));
        node.tell(new Told("acme", 1));
        inForce(2);
        time.timePasses(EVERY);

        follow(2);
        assertThat(knowledge.inForce("acme").version()).isEqualTo(2);
    }

    @Test
    void a_version_that_cannot_be_read_leaves_the_last_good_one_serving_and_is_tried_again() {
        put("gift", "A card.");
        follow(-1).tell(new Told("acme", 1));
        inForce(1);
        put("gift", "Two cards.");
        broken.set(true);
        time.timePasses(EVERY);
        follow(1).tell(new Told("acme", 2));
        actors.createTestProbe().awaitAssert(() -> {
            assertThat(knowledge.counts().failed()).isPositive();
            return 0;
        });
        assertThat(knowledge.inForce("acme").version()).isEqualTo(1);
        assertThat(found("where is my gift")).containsExactly("gift@1");

        broken.set(false);
        time.timePasses(EVERY);
        follow(1).tell(new Told("acme", 2));
        inForce(2);
    }

    @Test
    void an_entry_of_a_later_program_leaves_the_known_version_in_force() {
        put("gift", "A card.");
        follow(-1).tell(new Told("acme", 1));
        inForce(1);
        entries.add(written("article.praised", new KnowledgeEvent.Removed(2, "adam", "gift")));
        time.timePasses(EVERY);
        follow(1).tell(new Told("acme", 2));

        actors.createTestProbe().awaitAssert(() -> {
            assertThat(knowledge.counts().failed()).isPositive();
            return 0;
        });
        assertThat(knowledge.inForce("acme").version()).isEqualTo(1);
    }

    @Test
    void the_article_that_stands_is_read_as_its_version_put_it() throws Exception {
        put("gift", "One");
        put("gift", "Two");
        follow(-1);
        var reading = knowledge.find("acme", "gift").toCompletableFuture();
        actor.expectMessageClass(Look.class).replyTo().tell(StatusReply.success(2L));

        assertThat(reading.get(30, TimeUnit.SECONDS)).contains(new Kept(article("gift", "Two"), 2));
        assertThat(version("gift", 1)).contains(new Kept(article("gift", "One"), 1));
        assertThat(version("refund", 0)).contains(new Kept(article("refund", "Five days."), 0));
        assertThat(version("refund", 1)).isEmpty();
        assertThat(version("gift", 0)).isEmpty();
        assertThat(version("gift", 3)).isEmpty();
    }

    @Test
    void a_listener_that_comes_late_is_told_what_is_in_force() {
        follow(-1).tell(new Told("acme", 0));
        inForce(0);

        knowledge.onChange(this::changed);

        wereTold("acme 0 2");
    }

    private Source<Entry, NotUsed> read(String pid, long after, long until) {
        assertThat(pid).isEqualTo(PID);
        return broken.get()
                ? Source.failed(new IllegalStateException("the journal is away"))
                : Source.from(List.copyOf(entries)).drop(after).take(until - after);
    }

    private java.util.Optional<Kept> version(String id, long version) throws Exception {
        return knowledge.find("acme", id, version).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private List<String> found(String text) {
        return knowledge.inForce("acme").search().find(text, "en", AT, 1).stream()
                .map(Hit::sources)
                .map(List::getFirst)
                .toList();
    }

    private void put(String id, String body) {
        Article article = article(id, body);
        entries.add(written(
                "article.put", new KnowledgeEvent.Put(entries.size() + 1, "adam", ArticleWriter.json(article))));
    }

    private void removed(String id) {
        entries.add(written("article.removed", new KnowledgeEvent.Removed(entries.size() + 1, "adam", id)));
    }

    private Entry written(String type, KnowledgeEvent event) {
        var all = new ArrayList<>(entries);
        var head = all.isEmpty() ? Head.of(PID) : Head.after(all.getLast());
        return new Pen(PlainHouse.KEYS, 1).write(head, type, AT, 0, event);
    }

    private ActorRef<Told> follow(long known) {
        var follow = actor.expectMessageClass(Follow.class);
        assertThat(follow.known()).isEqualTo(known);
        return follow.follower();
    }

    private void inForce(long version) {
        actors.createTestProbe().awaitAssert(() -> {
            assertThat(knowledge.inForce("acme").version()).isEqualTo(version);
            assertThat(knowledge.inForce("acme").search().byWords()).isFalse();
            assertThat(knowledge.loaded().toCompletableFuture()).isDone();
            return version;
        });
    }

    private void changed(String tenant, InForce now) {
        var how = now.search().byWords() ? " by words" : "";
        changes.add(tenant + " " + now.version() + " " + now.articles().size() + how);
    }

    private void wereTold(String... expected) {
        actors.createTestProbe().awaitAssert(() -> {
            assertThat(changes).containsExactly(expected);
            return expected;
        });
    }
}
