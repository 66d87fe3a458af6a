package switchboard.bot;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import switchboard.article.Article;
import switchboard.bot.Mind.Tongue;
import switchboard.bot.Mind.Wits;
import switchboard.deciding.Decider;
import switchboard.deciding.PolicyReader;
import switchboard.language.Languages;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;
import switchboard.understanding.Example;
import switchboard.versions.Ended;
import switchboard.versions.Lesson;
import switchboard.versions.Minds;
import switchboard.versions.Version;
import switchboard.wording.Wording;

/**
 * Teaches the tenants' bots what their articles say, in the background. What a bot knew before serves until the new is whole; of
 * what comes meanwhile the last counts.
 */
public final class School {

    private static final Logger LOG = LoggerFactory.getLogger(School.class);

    private final Minds minds;
    private final Set<String> tenants;
    private final Decider decider;
    private final Tongue tongue;
    private final Phrases phrases;
    private final Map<String, Library> libraries = new ConcurrentHashMap<>();
    private final AtomicBoolean wished;
    private final Set<String> unteachable = ConcurrentHashMap.newKeySet();

    /** With the policy, the grammar and the phrases of the program; {@code tenants}: who has a bot. */
    public static School local(Minds minds, Collection<String> tenants) {
        var decider = new Decider(PolicyReader.local(), Wording.local());
        var school = new School(minds, tenants, decider, Languages::of, Phrases.local(), true);
        school.remember(Wishes.NAME);
        return school;
    }

    /** {@code wishes}: whether it learns, too, how else a person is asked for. */
    School(Minds minds, Collection<String> tenants, Decider decider, Tongue tongue, Phrases phrases, boolean wishes) {
        this.wished = new AtomicBoolean(!wishes);
        this.minds = minds;
        this.tenants = Set.copyOf(tenants);
        this.decider = decider;
        this.tongue = tongue;
        this.phrases = phrases;
    }

    /** From now on that tenant's bot answers from these, and soon understands all that they name. */
    public void teach(String tenant, String version, Search search) {
        if (libraries.put(tenant, new Books(version, search)) == null) {
            remember(tenant);
        }
        minds.train(
                tenant,
                examples(search),
                Lesson.of(version, languages(search)),
                new Listening(tenant, version, search.articles().size()));
        if (!wished.getAndSet(true)) { // after the first tenant's: till then the grammar hears most of it
            minds.train(Wishes.NAME, Wishes.examples(), new Wishes.Listening());
        }
    }

    private void remember(String tenant) {
        try {
            minds.open(tenant);
        } catch (IOException e) { // it learns it anew
            LOG.warn("bot of {}: what it had learned cannot be read", tenant, e);
        }
    }

    private static List<Example> examples(Search search) {
        return lessons(search)
                .flatMap(it -> it.phrasings().stream().map(text -> new Example(text, it.intent())))
                .toList();
    }

    private static List<String> languages(Search search) {
        return lessons(search).map(Article::language).toList();
    }

    /** An incident teaches nothing: what is asked is understood by what answers it. */
    private static Stream<Article> lessons(Search search) {
        return search.articles().stream().map(Kept::article).filter(it -> !it.incident());
    }

    /** As it is now, from the start on: it learns until it is taught something. Empty where the tenant has none. */
    public Optional<Mind> mind(String tenant) {
        if (!tenants.contains(tenant)) {
            return Optional.empty();
        }
        var library = libraries.getOrDefault(tenant, Library.NONE);
        return Optional.of(new Mind(decider, wits(tenant), wishes(), library, tongue, phrases));
    }

    private Wishes wishes() {
        return minds.of(Wishes.NAME)
                .<Wishes>map(it -> new Wishes.Learned(Version.name(it.version()), it.understanding()))
                .orElse(Wishes.NONE);
    }

    private Wits wits(String tenant) {
        return minds.of(tenant)
                .<Wits>map(it -> new Wits.Trained(Version.name(it.version()), it.understanding()))
                .orElseGet(() -> unteachable.contains(tenant) ? new Wits.Nothing() : new Wits.Learning());
    }

    /** Bots that have something to learn. */
    public long waiting() {
        return libraries.keySet().stream().filter(minds::learning).count();
    }

    private final class Listening implements Minds.Listener {

        private static final long EVERY = Duration.ofSeconds(10).toNanos();

        private final String tenant;
        private final String version;
        private final int articles;
        private final long since = System.nanoTime();
        private long said = since;

        Listening(String tenant, String version, int articles) {
            this.tenant = tenant;
            this.version = version;
            this.articles = articles;
        }

        @Override
        public void at(String stage, int done, int all) {
            var now = System.nanoTime();
            if (now - said > EVERY) {
                said = now;
                LOG.info("bot of {}: learns: {} {} of {}", tenant, stage, done, all);
            }
        }

        @Override
        public void ended(Ended how) {
            switch (how) {
                case Ended.Refused _, Ended.Unwritten _, Ended.Broken _ -> unteachable.add(tenant);
                case Ended.Serves _, Ended.Kept _ -> unteachable.remove(tenant);
                case Ended.Replaced _, Ended.Stopped _ -> {
                    // the next one says what became of it
                }
            }
            LOG.info(
                    "bot of {}: knows {} articles of version {} after {} s: {}",
                    tenant,
                    articles,
                    version,
                    Duration.ofNanos(System.nanoTime() - since).toSeconds(),
                    how.getClass().getSimpleName());
        }
    }
}
