package switchboard.knowledge;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.knowledge.Knowledge.InForce;
import switchboard.register.Register;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.retrieval.Vectors;

/** Reads what is new in logs and makes it searchable, on one thread: the newest version of a tenant's, some in between perhaps not. */
final class Indexing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Indexing.class);

    /** How far a tenant's log is read here, and what vectors its last index had. */
    private static final class Progress {

        private volatile SortedMap<String, Kept> articles;
        private volatile long wanted = -1;
        private long read;
        private long built = -1;
        private Optional<Vectors> vectors = Optional.empty();

        Progress(SortedMap<String, Kept> articles) {
            this.articles = articles;
        }
    }

    private final Register<?> register;
    private final BuiltInArticles builtIn;
    private final LongConsumer searched;
    private final BiConsumer<String, InForce> done;
    private final Counts counts;
    private final Vectors own;
    private Search zero = Search.NOTHING;
    private final Map<String, Progress> tenants = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("knowledge").factory());

    /** {@code done} is told of each version that can be searched. */
    Indexing(
            Register<?> register,
            BuiltInArticles builtIn,
            Function<String, float[]> encoder,
            LongConsumer searched,
            BiConsumer<String, InForce> done,
            Counts counts) {
        this.register = register;
        this.builtIn = builtIn;
        this.searched = searched;
        this.done = done;
        this.counts = counts;
        this.own = new Vectors(encoder);
    }

    /** As far as the log is read; what is built in before that. */
    SortedMap<String, Kept> articles(String tenant) {
        var progress = tenants.get(tenant);
        return progress == null ? Collections.emptySortedMap() : progress.articles;
    }

    /** A tenant's log goes up to {@code version}. Again: as it is, and tried again where it failed. */
    void reach(String tenant, long version) {
        var progress = tenants.computeIfAbsent(tenant, _ -> new Progress(builtIn.byId()));
        progress.wanted = Math.max(progress.wanted, version);
        try {
            worker.execute(() -> catchUp(tenant, progress));
        } catch (RejectedExecutionException e) {
            LOG.debug("knowledge of {}: not indexed, because the program ends", tenant);
        }
    }

    private void catchUp(String tenant, Progress progress) {
        if (progress.built >= progress.wanted) {
            return;
        }
        try {
            read(tenant, progress);
            if (progress.built < 0) { // within a moment, by words alone: sentences take a while to encode
                done.accept(tenant, new InForce(progress.read, words(progress)));
            }
            var start = System.nanoTime();
            var search = progress.read == 0 ? zero() : later(progress);
            progress.built = progress.read;
            counts.built.increment();
            counts.nanos.set(System.nanoTime() - start);
            LOG.info(
                    "knowledge of {}: version {} is in force, {} articles",
                    tenant,
                    progress.read,
                    progress.articles.size());
            done.accept(tenant, new InForce(progress.read, search));
        } catch (InterruptedException e) {
            LOG.info("knowledge of {}: not indexed, because the program ends", tenant);
        } catch (
                RuntimeException e) { // what was in force stays so, and it is tried again when the actor is asked again
            counts.failed.increment();
            LOG.error("knowledge of {}: version {} cannot be put in force", tenant, progress.wanted, e);
        }
    }

    private Search words(Progress progress) throws InterruptedException {
        return Search.of(progress.articles.values(), Vectors.none(), searched);
    }

    /** Only what is not built in has to be encoded. */
    private Search later(Progress progress) throws InterruptedException {
        zero();
        var vectors = progress.vectors.orElseGet(own::shared);
        progress.vectors = Optional.of(vectors);
        return Search.of(progress.articles.values(), vectors, searched);
    }

    /** The same for every tenant that has put nothing. */
    private Search zero() throws InterruptedException {
        if (zero == Search.NOTHING) {
            zero = Search.of(builtIn.byId().values(), own, searched);
        }
        return zero;
    }

    /** What stands up to the version that is wanted; taken whole or not at all. */
    private void read(String tenant, Progress progress) {
        var shelving = new Shelving(progress.articles);
        var until = progress.wanted;
        try {
            register.read(Catalogue.persistenceId(tenant), progress.read, until, shelving::add)
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("its log cannot be read", e);
        }
        progress.articles = shelving.articles();
        progress.read = until;
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            if (!worker.awaitTermination(30, TimeUnit.SECONDS)) {
                LOG.warn("knowledge: the thread that indexes does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
