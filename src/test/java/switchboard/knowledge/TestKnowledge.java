package switchboard.knowledge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.pattern.StatusReply;
import switchboard.desk.ArticleImport;
import switchboard.desk.ArticleRoutes;
import switchboard.http.Gate;
import switchboard.intake.Admission;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.request.Bodies;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.retrieval.Vectors;
import switchboard.scribe.PlainHouse;
import switchboard.wire.Refusal;

/** What tenants know, in memory: each has what is built in, and a log of its own. */
public final class TestKnowledge implements Articles {

    private static final class Tenant {

        private final List<Entry> log = new ArrayList<>();
        private final CatalogueBook book = new CatalogueBook("Knowledge|t", _ -> true, TestArticles.BUILT_IN);
        private SortedMap<String, Kept> articles = TestArticles.BUILT_IN.byId();

        Tenant() {
            book.settle(List.of());
        }
    }

    private final Map<String, Tenant> tenants = new HashMap<>();
    public final List<Integer> lots = new ArrayList<>();
    public volatile boolean away;

    public void clear() {
        tenants.clear();
        lots.clear();
        away = false;
    }

    /** Of this. */
    public Route routes(ActorSystem<?> system, Gate gate, Bodies bodies, Admission admission) {
        var imports = new ArticleImport(system, bodies, this, admission, Duration.ofSeconds(20));
        return new ArticleRoutes(gate, bodies, this, imports, () -> PlainHouse.NOON).routes();
    }

    @Override
    public synchronized CompletionStage<Optional<Kept>> find(String tenant, String id) {
        if (away) {
            return no(Refusal.UNAVAILABLE);
        }
        var kept = Optional.ofNullable(of(tenant).articles.get(id));
        return kept.isPresent() ? CompletableFuture.completedStage(kept) : no(Refusal.NOT_FOUND);
    }

    @Override
    public synchronized CompletionStage<Optional<Kept>> find(String tenant, String id, long version) {
        if (away) {
            return CompletableFuture.failedStage(new IllegalStateException("the journal is away"));
        }
        if (version == 0) {
            return CompletableFuture.completedStage(TestArticles.BUILT_IN.find(id));
        }
        var one = new Shelving(java.util.Collections.emptySortedMap());
        of(tenant).log.stream().filter(entry -> entry.seq() == version).forEach(one::add);
        return CompletableFuture.completedStage(
                Optional.ofNullable(one.articles().get(id)));
    }

    @Override
    public synchronized SortedMap<String, Kept> all(String tenant) {
        return of(tenant).articles;
    }

    @Override
    public synchronized CompletionStage<List<Outcome>> change(String tenant, String by, List<Edit> edits) {
        if (away) {
            return no(Refusal.UNAVAILABLE);
        }
        lots.add(edits.size());
        var it = of(tenant);
        var done = Edits.of(it.book.marks(), it.book.head().seq(), by, edits);
        var shelving = new Shelving(it.articles);
        for (var event : done.events()) {
            var head = it.log.isEmpty() ? Head.of("Knowledge|t") : Head.after(it.log.getLast());
            var entry = new Pen(PlainHouse.KEYS, 1).write(head, KnowledgeEvent.type(event), PlainHouse.NOON, 0, event);
            it.log.add(entry);
            it.book.add(entry);
            shelving.add(entry);
        }
        it.articles = shelving.articles();
        return CompletableFuture.completedStage(done.outcomes());
    }

    @Override
    public synchronized Search search(String tenant) {
        try {
            return Search.of(of(tenant).articles.values(), Vectors.none());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Tenant of(String tenant) {
        return tenants.computeIfAbsent(tenant, _ -> new Tenant());
    }

    private static <T> CompletionStage<T> no(Refusal why) {
        return CompletableFuture.failedStage(new StatusReply.ErrorMessage(why.name()));
    }
}
