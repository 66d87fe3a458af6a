package switchboard.knowledge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.knowledge.Catalogue.Change;
import switchboard.knowledge.Catalogue.Command;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Follow;
import switchboard.knowledge.Catalogue.Look;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.knowledge.Catalogue.Told;
import switchboard.log.Entry;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.scribe.Desk;
import switchboard.scribe.Watch;

/**
 * What tenants know, as this node knows it. Each tenant's actor tells it how far its log goes; what is new is read and indexed on
 * one thread, and takes the place of what was in force in one step. Where that fails, what was in force stays so, and it is
 * tried again.
 */
public final class Knowledge implements Articles, AutoCloseable {

    /** How old what a node knows can be where a message was lost. */
    public static final Duration EVERY = Duration.ofSeconds(5);

    /**
     * One version.
     *
     * @param version 0: what is built in
     */
    public record InForce(long version, Search search) {

        static final InForce NOTHING = new InForce(0, Search.NOTHING);

        public List<Kept> articles() {
            return List.copyOf(search.articles());
        }
    }

    /** One who is told what is in force; must return soon. */
    public interface Listener {
        void changed(String tenant, InForce now);
    }

    /** The entries of a log that stand, with numbers in (after, until]. */
    public interface Log {
        Source<Entry, NotUsed> read(String persistenceId, long after, long until);
    }

    private final ActorSystem<?> system;
    private final Function<String, ? extends RecipientRef<Command>> catalogues;
    private final Log log;
    private final BuiltInArticles builtIn;
    private final Duration patience;
    private final Map<String, InForce> known = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<InForce>> first = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Counts counts = new Counts();
    private final Indexing indexing;

    /**
     * Starts the shards of catalogues on this node and follows those of {@code tenants}; an answer may take {@code patience}.
     *
     * @param encoder sentences as vectors, for any thread; empty vectors where there is none
     * @param searched takes the nanoseconds of each search
     */
    public static Knowledge start(
            ActorSystem<?> system,
            Desk desk,
            Log log,
            List<String> tenants,
            BuiltInArticles builtIn,
            Function<String, float[]> encoder,
            LongConsumer searched,
            Duration patience) {
        var sharding = ClusterSharding.get(system);
        sharding.init(Entity.of(
                Catalogue.KEY, context -> Catalogue.create(context.getEntityId(), context.getShard(), desk, builtIn)));
        return new Knowledge(
                system,
                tenant -> sharding.entityRefFor(Catalogue.KEY, tenant),
                log,
                tenants,
                builtIn,
                encoder,
                searched,
                patience,
                EVERY);
    }

    /** Asks {@code catalogues} by tenant, {@code every} so often. */
    Knowledge(
            ActorSystem<?> system,
            Function<String, ? extends RecipientRef<Command>> catalogues,
            Log log,
            List<String> tenants,
            BuiltInArticles builtIn,
            Function<String, float[]> encoder,
            LongConsumer searched,
            Duration patience,
            Duration every) {
        this.system = system;
        this.catalogues = catalogues;
        this.log = log;
        this.builtIn = builtIn;
        this.patience = patience;
        this.indexing = new Indexing(system, log, builtIn, encoder, searched, this::built, counts);
        tenants.forEach(tenant -> first.put(tenant, new CompletableFuture<>()));
        system.systemActorOf(
                Watch.create(
                        tenants,
                        Told.class,
                        (tenant, self) -> catalogues.apply(tenant).tell(new Follow(self, number(tenant))),
                        told -> indexing.reach(told.tenant(), told.version()),
                        every),
                "knowledge",
                Props.empty());
    }

    /** What is in force, as far as is known here: at once, always. Nothing before {@link #loaded()}. */
    public InForce inForce(String tenant) {
        return known.getOrDefault(tenant, InForce.NOTHING);
    }

    /** Done once what all tenants know can be searched here, if only by words: sentences take some seconds to be encoded. */
    public CompletionStage<Done> loaded() {
        return CompletableFuture.allOf(first.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }

    /**
     * {@code listener} is told at once of all that is known, then of each newer version; of several the last, perhaps. Of a tenant's
     * first version twice: as soon as it can be searched by words, and once its sentences are encoded.
     */
    public synchronized void onChange(Listener listener) {
        listeners.add(listener);
        known.forEach(listener::changed);
    }

    public Counts counts() {
        return counts;
    }

    @Override
    public CompletionStage<Optional<Kept>> find(String tenant, String id) {
        return this.<Long>ask(tenant, replyTo -> new Look(id, replyTo))
                .thenCompose(version -> find(tenant, id, version));
    }

    @Override
    public CompletionStage<Optional<Kept>> find(String tenant, String id, long version) {
        return version == 0
                ? CompletableFuture.completedStage(builtIn.find(id))
                : log.read(Catalogue.persistenceId(tenant), version - 1, version)
                        .runWith(Sink.headOption(), system)
                        .thenApply(entry -> entry.flatMap(it -> put(it, id)));
    }

    private static Optional<Kept> put(Entry entry, String id) {
        var shelving = new Shelving(Collections.emptySortedMap());
        shelving.add(entry);
        return Optional.ofNullable(shelving.articles().get(id));
    }

    @Override
    public SortedMap<String, Kept> all(String tenant) {
        return indexing.articles(tenant);
    }

    @Override
    public CompletionStage<List<Outcome>> change(String tenant, String by, List<Edit> edits) {
        return this.<Catalogue.Outcomes>ask(tenant, replyTo -> new Change(by, edits, replyTo))
                .thenApply(Catalogue.Outcomes::outcomes);
    }

    @Override
    public Search search(String tenant) {
        return inForce(tenant).search();
    }

    private <T> CompletionStage<T> ask(String tenant, Function<ActorRef<StatusReply<T>>, Command> command) {
        return AskPattern.askWithStatus(catalogues.apply(tenant), command::apply, patience, system.scheduler());
    }

    private long number(String tenant) {
        return known.containsKey(tenant) ? inForce(tenant).version() : -1;
    }

    private synchronized void built(String tenant, InForce now) {
        known.put(tenant, now);
        counts.articles.set(known.values().stream()
                .mapToLong(it -> it.search().articles().size())
                .sum());
        listeners.forEach(listener -> listener.changed(tenant, now));
        Optional.ofNullable(first.get(tenant)).ifPresent(it -> it.complete(now));
    }

    @Override
    public void close() {
        indexing.close();
    }
}
