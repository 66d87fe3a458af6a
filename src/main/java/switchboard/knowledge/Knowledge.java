package switchboard.knowledge;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import switchboard.knowledge.Catalogue.Change;
import switchboard.knowledge.Catalogue.Command;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Follow;
import switchboard.knowledge.Catalogue.Look;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.knowledge.Catalogue.Told;
import switchboard.log.Entry;
import switchboard.register.Known;
import switchboard.register.Register;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.scribe.Desk;

/**
 * What tenants know, as this node knows it. Each tenant's actor tells it how far its log goes; what is new is read and indexed on
 * one thread, and takes the place of what was in force in one step. Where that fails, what was in force stays so, and it is
 * tried again.
 */
public final class Knowledge implements Articles, AutoCloseable {

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

    private final Register<Command> register;
    private final BuiltInArticles builtIn;
    private final Known<InForce> known;
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
            Register.Log log,
            List<String> tenants,
            BuiltInArticles builtIn,
            Function<String, float[]> encoder,
            LongConsumer searched,
            Duration patience) {
        var register = Register.start(
                system,
                Catalogue.KEY,
                (tenant, shard) -> Catalogue.create(tenant, shard, desk, builtIn),
                log,
                patience);
        return new Knowledge(register, tenants, builtIn, encoder, searched, Register.EVERY);
    }

    /** Asks {@code register}, {@code every} so often. */
    Knowledge(
            Register<Command> register,
            List<String> tenants,
            BuiltInArticles builtIn,
            Function<String, float[]> encoder,
            LongConsumer searched,
            Duration every) {
        this.register = register;
        this.builtIn = builtIn;
        this.known = new Known<>(tenants);
        known.onChange((_, _) -> count()); // the first, so that it is counted before anybody else is told
        this.indexing = new Indexing(register, builtIn, encoder, searched, known::put, counts);
        register.follow(
                "knowledge",
                tenants,
                Told.class,
                (tenant, self) -> new Follow(self, number(tenant)),
                told -> indexing.reach(told.tenant(), told.version()),
                every);
    }

    /** What is in force, as far as is known here: at once, always. Nothing before {@link #loaded()}. */
    public InForce inForce(String tenant) {
        return known.of(tenant).orElse(InForce.NOTHING);
    }

    /** Done once what all tenants know can be searched here, if only by words: sentences take some seconds to be encoded. */
    public CompletionStage<Done> loaded() {
        return known.loaded();
    }

    /**
     * {@code listener} is told at once of all that is known, then of each newer version; of several the last, perhaps. Of a tenant's
     * first version twice: as soon as it can be searched by words, and once its sentences are encoded.
     */
    public void onChange(Known.Listener<InForce> listener) {
        known.onChange(listener);
    }

    public Counts counts() {
        return counts;
    }

    @Override
    public CompletionStage<Optional<Kept>> find(String tenant, String id) {
        return register.<Long>ask(tenant, replyTo -> new Look(id, replyTo))
                .thenCompose(version -> find(tenant, id, version));
    }

    @Override
    public CompletionStage<Optional<Kept>> find(String tenant, String id, long version) {
        return version == 0
                ? CompletableFuture.completedStage(builtIn.find(id))
                : register.find(Catalogue.persistenceId(tenant), version)
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
        return register.<Catalogue.Outcomes>ask(tenant, replyTo -> new Change(by, edits, replyTo))
                .thenApply(Catalogue.Outcomes::outcomes);
    }

    @Override
    public Search search(String tenant) {
        return inForce(tenant).search();
    }

    private long number(String tenant) {
        return known.of(tenant).map(InForce::version).orElse(-1L);
    }

    private void count() {
        counts.articles.set(known.all().stream()
                .mapToLong(it -> it.search().articles().size())
                .sum());
    }

    @Override
    public void close() {
        indexing.close();
    }
}
