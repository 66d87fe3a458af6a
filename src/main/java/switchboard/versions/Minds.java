package switchboard.versions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.learning.Watch;
import switchboard.understanding.Example;
import switchboard.understanding.ModelFile;
import switchboard.understanding.Trainer;
import switchboard.understanding.Training;
import switchboard.understanding.Understanding;

/**
 * What each tenant's messages are understood by. Training goes on one thread, one tenant after the other; asking never waits for it,
 * nor for the disk. What was learned is kept: a tenant's folder has the last few versions.
 */
public final class Minds implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Minds.class);

    /** What understands now, and which version it is. */
    public record Serving(String version, Understanding understanding) {}

    /** Is told how training goes, on its thread. */
    public interface Listener extends Watch {

        void ended(Ended how);
    }

    /** How far a training is; {@code stage} empty: it waits for its turn. */
    public record Progress(String stage, int done, int all) {

        static final Progress WAITING = new Progress("", 0, 0);
    }

    private record Request(List<Example> examples, Lesson lesson, Listener listener) {}

    private final Path folder;
    private final Function<String, float[]> encoder;
    private final int most;
    private final InstantSource clock;
    private final Map<String, Serving> serving = new ConcurrentHashMap<>();
    private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
    private final LinkedHashMap<String, Request> waiting = new LinkedHashMap<>();
    private final Thread thread;
    private @Nullable String running;
    private volatile Progress progress = Progress.WAITING;
    private boolean closed;

    /** Of each tenant at most {@code most} versions are kept in {@code folder}. */
    public Minds(Path folder, Function<String, float[]> encoder, int most, InstantSource clock) {
        this.folder = folder;
        this.encoder = encoder;
        this.most = most;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("training").daemon().start(this::work);
    }

    /** At once; empty until the first training is done. */
    public Optional<Serving> of(String tenant) {
        return Optional.ofNullable(serving.get(tenant));
    }

    /** Whether it is being learned, or is to be. */
    public synchronized boolean learning(String tenant) {
        return tenant.equals(running) || waiting.containsKey(tenant);
    }

    /** Of what is being learned, or else is to be; empty: nothing is. */
    public synchronized Optional<Progress> progress(String tenant) {
        return tenant.equals(running)
                ? Optional.of(progress)
                : waiting.containsKey(tenant) ? Optional.of(Progress.WAITING) : Optional.empty();
    }

    /** Reads what was learned before: the version that served last, or else the newest one that can be read. */
    public void open(String tenant) throws IOException {
        var shelf = shelf(tenant);
        synchronized (shelf) {
            shelf.serving().ifPresent(found -> serve(tenant, found));
        }
    }

    /** Of examples of which nothing else is known. */
    public void train(String tenant, List<Example> examples, Listener listener) {
        train(tenant, examples, Lesson.UNKNOWN, listener);
    }

    /** After what is waiting; in place of what this tenant has waiting. What was taught before is not learned again. */
    public void train(String tenant, List<Example> examples, Lesson lesson, Listener listener) {
        Request replaced;
        synchronized (this) {
            if (closed) {
                replaced = new Request(examples, lesson, listener);
            } else {
                replaced = waiting.put(tenant, new Request(List.copyOf(examples), lesson, listener));
                notifyAll();
            }
        }
        if (replaced != null) {
            tell(replaced.listener(), closed() ? new Ended.Stopped() : new Ended.Replaced());
        }
    }

    /** The oldest first. */
    public List<Version> versions(String tenant) throws IOException {
        var shelf = shelf(tenant);
        synchronized (shelf) {
            return shelf.catalog().versions();
        }
    }

    /** Whether there is such a version, and it can be read. */
    public boolean readable(String tenant, String version) throws IOException {
        var shelf = shelf(tenant);
        synchronized (shelf) {
            return found(shelf, version).isPresent();
        }
    }

    /**
     * Has a version serve, now and when newer ones come. Empty: there is no such version, or it cannot be read; what serves goes on
     * serving, and that one does as soon as it is learned.
     */
    public Optional<Serving> pin(String tenant, String version) throws IOException {
        return serve(tenant, version, true);
    }

    /** Has the newest version serve, and then each newer one. */
    public Optional<Serving> unpin(String tenant) throws IOException {
        var versions = versions(tenant);
        return serve(tenant, versions.isEmpty() ? "" : versions.getLast().hash(), false);
    }

    private Optional<Serving> serve(String tenant, String hash, boolean pin) throws IOException {
        var shelf = shelf(tenant);
        synchronized (shelf) {
            var wanted = shelf.catalog().serving(hash, pin);
            if (!wanted.equals(shelf.catalog())) {
                shelf.change(wanted);
            }
            if (of(tenant).filter(it -> it.version().equals(hash)).isEmpty()) {
                found(shelf, hash).ifPresent(found -> serve(tenant, found));
            }
            return of(tenant).filter(it -> it.version().equals(hash));
        }
    }

    private static Optional<Shelf.Found> found(Shelf shelf, String hash) throws IOException {
        var version = shelf.catalog().version(hash);
        return version.isEmpty() ? Optional.empty() : shelf.load(version.get());
    }

    private void serve(String tenant, Shelf.Found found) {
        serving.put(tenant, new Serving(found.version().hash(), new Understanding(found.model(), encoder)));
    }

    private Shelf shelf(String tenant) throws IOException {
        try {
            return shelves.computeIfAbsent(tenant, _ -> {
                try {
                    return new Shelf(folder.resolve(tenant), most);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private void work() {
        try {
            while (true) {
                var next = next();
                var ended = ended(next.getKey(), next.getValue());
                synchronized (this) {
                    running = null;
                }
                tell(next.getValue().listener(), ended);
            }
        } catch (InterruptedException e) {
            LOG.debug("training ends", e);
        }
    }

    /** Who fails at hearing it does not end training. */
    private static void tell(Listener listener, Ended ended) {
        try {
            listener.ended(ended);
        } catch (RuntimeException e) {
            LOG.error("training: a listener broke down", e);
        }
    }

    private synchronized Map.Entry<String, Request> next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        var next = waiting.pollFirstEntry();
        running = next.getKey();
        progress = Progress.WAITING;
        return next;
    }

    private Ended ended(String tenant, Request request) {
        try {
            var taught = Taught.hash(request.examples());
            var known = again(tenant, taught, request.lesson());
            return known.isPresent() ? known.get() : learned(tenant, taught, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended.Stopped();
        } catch (ClosedByInterruptException e) {
            LOG.debug("training of {} ends", tenant, e);
            return new Ended.Stopped();
        } catch (IOException e) {
            LOG.warn("training: the version of {} could not be kept", tenant, e);
            return new Ended.Unwritten();
        } catch (RuntimeException e) {
            LOG.error("training of {} broke down: {}", tenant, e.getClass().getName());
            return new Ended.Broken();
        }
    }

    /** It was taught before, perhaps by an earlier version of what the tenant knows. */
    private Optional<Ended> again(String tenant, String taught, Lesson lesson) throws IOException {
        var shelf = shelf(tenant);
        synchronized (shelf) {
            var version = shelf.catalog().taught(taught);
            var found = version.isEmpty() ? Optional.<Shelf.Found>empty() : shelf.load(version.get());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(kept(tenant, shelf, found.get().taughtBy(lesson), List.of()));
        }
    }

    private Ended learned(String tenant, String taught, Request request) throws InterruptedException, IOException {
        return switch (Trainer.train(request.examples(), encoder, watched(request.listener()))) {
            case Training.Refused refused -> new Ended.Refused(refused.reason());
            case Training.Trained trained -> {
                var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                var lesson = request.lesson()
                        .showed(
                                request.examples().size(),
                                trained.model().intents().size(),
                                trained.right(),
                                trained.notes());
                var version = new Version(ModelFile.hash(trained.model()), at, taught, lesson);
                var shelf = shelf(tenant);
                synchronized (shelf) {
                    yield kept(tenant, shelf, new Shelf.Found(version, trained.model()), trained.notes());
                }
            }
        };
    }

    private Watch watched(Watch listener) {
        return (stage, done, all) -> {
            progress = new Progress(stage, done, all);
            listener.at(stage, done, all);
        };
    }

    private Ended kept(String tenant, Shelf shelf, Shelf.Found found, List<Training.Note> notes) throws IOException {
        shelf.keep(found.version(), found.model());
        if (shelf.catalog().serves().filter(found.version()::equals).isEmpty()) {
            return new Ended.Kept(found.version());
        }
        serve(tenant, found);
        return new Ended.Serves(found.version(), notes);
    }

    private synchronized boolean closed() {
        return closed;
    }

    /** What is being learned ends with {@link Ended.Stopped}, what waits too. */
    @Override
    public void close() {
        List<Request> left;
        synchronized (this) {
            closed = true;
            left = new ArrayList<>(waiting.values());
            waiting.clear();
        }
        left.forEach(request -> tell(request.listener(), new Ended.Stopped()));
        thread.interrupt();
    }
}
