package switchboard;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import switchboard.agent.Agent;
import switchboard.bot.Answering;
import switchboard.channel.Partition;
import switchboard.cluster.NodeSettings;
import switchboard.dispatch.Dispatch;
import switchboard.history.Live;
import switchboard.http.Connections;
import switchboard.http.Cors;
import switchboard.journal.Waker;
import switchboard.scribe.DebtRow;
import switchboard.security.ApiKey;
import switchboard.security.Role;
import switchboard.sse.Streams;
import switchboard.storage.Cassandra;
import switchboard.storage.Contact;
import switchboard.wire.CannotStart;

/**
 * All settings, read once; {@code application.conf} says what each means.
 *
 * @param cluster how nodes find each other
 * @param agent how much is borne with before an agent counts as gone, or as not responding
 * @param keysEvery how often it is looked whether other programs issued or revoked keys
 * @param readers what is held for those who follow a conversation
 * @param outbound how gateways are given what they deliver
 * @param dispatch how the live router works
 * @param bot who answers first
 * @param config everything, for the libraries that read it themselves
 */
record Settings(
        Http http,
        Storage storage,
        Log log,
        Optional<Metrics> metrics,
        NodeSettings cluster,
        ConversationSettings conversation,
        Agent.Patience agent,
        Intake intake,
        Insight insight,
        KnowledgeSettings knowledge,
        boolean localKeys,
        List<ApiKey> keys,
        Duration keysEvery,
        Live.Pace readers,
        Partition.Pace outbound,
        Dispatch.Pace dispatch,
        Bot bot,
        Config config) {

    /**
     * Where it listens; port 0 takes a free one.
     *
     * @param cors whose web pages may ask
     * @param bodyDeadline a request's whole body must have come by then
     * @param streams answers that go on
     * @param tls empty: in the clear
     */
    record Http(
            String host,
            int port,
            Connections.Limits limits,
            Cors cors,
            Duration bodyDeadline,
            Streams.Bounds streams,
            Optional<TlsSettings> tls) {}

    /** Where figures are read without a credential and in the clear. */
    record Metrics(String host, int port) {}

    /**
     * How long a conversation may take to answer, and how long after its resolution a message takes it up again.
     */
    record ConversationSettings(Duration patience, Duration reopenWindow) {}

    /**
     * How much is taken in.
     *
     * @param eventsAtOnce single ones
     * @param bulksAtOnce requests of many events
     * @param bulkDeadline for the whole body of such a request, and for the reading of its answers
     * @param rate requests and events a second and credential
     */
    record Intake(int eventsAtOnce, int bulksAtOnce, Duration bulkDeadline, int rate) {}

    /** Whether there is a bot, and how much it takes on. */
    record Bot(boolean on, Answering.Limits limits) {}

    /**
     * The rows for lists and figures.
     *
     * @param rebuild whether they are written anew from all logs
     * @param logsPerSecond the most that are folded for it
     */
    record Insight(boolean rebuild, int logsPerSecond) {}

    /** Whether in local mode a tenant begins with the program's own articles. */
    record KnowledgeSettings(boolean builtIn) {}

    /**
     * Where things are kept.
     *
     * @param external another's Cassandra; empty for the embedded node
     * @param making who makes keyspace and tables
     */
    record Storage(
            Path data,
            String keyspace,
            Optional<Contact> external,
            Cassandra.Making making,
            int replicas,
            Duration patience,
            Embedded embedded) {}

    /** The embedded node. */
    record Embedded(Path lib, int port, String heap) {}

    /**
     * The logs and their keys.
     *
     * @param readyKeys data keys that lie ready, for each tenant
     * @param headsEvery how often the ends of the logs are written down
     */
    record Log(Optional<Path> masterKeyFile, int readyKeys, Duration headsEvery, Waker.Pace wakes) {}

    /** From {@code application.conf}, the environment, and the operator's file that {@code SWITCHBOARD_CONF} names. */
    static Settings read() {
        try {
            return of(ConfigFactory.load(operators(Optional.ofNullable(System.getenv("SWITCHBOARD_CONF")))));
        } catch (ConfigException e) {
            throw new CannotStart("settings: " + e.getMessage(), e);
        }
    }

    /** The fictional shop's articles are for trying things out, and for nobody's customers. */
    boolean builtInArticles() {
        return localKeys && knowledge.builtIn();
    }

    static Settings of(Config config) {
        var it = config.getConfig("switchboard");
        var storage = storage(it.getConfig("storage"));
        return new Settings(
                http(it.getConfig("http")),
                storage,
                log(it.getConfig("log")),
                text(it, "metrics.port").map(_ -> new Metrics(it.getString("metrics.host"), it.getInt("metrics.port"))),
                NodeSettings.of(it.getConfig("cluster")),
                new ConversationSettings(
                        it.getDuration("conversation.patience"), it.getDuration("conversation.reopen-window")),
                new Agent.Patience(
                        it.getDuration("agent.grace"),
                        it.getInt("agent.missed-chats"),
                        it.getInt("agent.missed-calls")),
                new Intake(
                        it.getInt("intake.events-at-once"),
                        it.getInt("intake.bulks-at-once"),
                        it.getDuration("intake.bulk-deadline"),
                        it.getInt("intake.rate")),
                new Insight(it.getBoolean("insight.rebuild"), it.getInt("insight.rebuild-logs-per-second")),
                new KnowledgeSettings(it.getBoolean("knowledge.built-in")),
                it.getBoolean("security.local-keys"),
                it.getConfigList("security.keys").stream().map(Settings::key).toList(),
                it.getDuration("security.keys-every"),
                readers(it.getConfig("history")),
                outbound(it.getConfig("channel")),
                new Dispatch.Pace(it.getDuration("dispatch.again"), it.getDuration("dispatch.sweep")),
                bot(it.getConfig("bot")),
                config);
    }

    private static Http http(Config it) {
        return new Http(
                it.getString("host"),
                it.getInt("port"),
                new Connections.Limits(
                        it.getInt("max-connections"),
                        it.getInt("max-connections-per-source"),
                        it.getDuration("idle"),
                        it.getDuration("request-deadline")),
                cors(it.getString("cors.origins")),
                it.getDuration("body-deadline"),
                new Streams.Bounds(
                        it.getInt("streams.in-all"),
                        it.getInt("streams.per-caller"),
                        it.getDuration("streams.heartbeat"),
                        it.getDuration("streams.retry"),
                        it.getDuration("streams.slow"),
                        it.getDuration("streams.grace")),
                TlsSettings.of(it.getConfig("tls")));
    }

    private static Live.Pace readers(Config it) {
        return new Live.Pace(
                it.getInt("held"), it.getBytes("held-bytes"), it.getDuration("again"), it.getDuration("pause"));
    }

    private static Partition.Pace outbound(Config it) {
        return new Partition.Pace(
                it.getDuration("lease"), it.getDuration("again"), it.getDuration("reread"), it.getInt("most"));
    }

    private static Bot bot(Config it) {
        return new Bot(
                it.getBoolean("on"),
                new Answering.Limits(it.getInt("threads"), it.getInt("waiting"), it.getInt("hand-overs")));
    }

    private static Cors cors(String origins) {
        try {
            return new Cors(Set.copyOf(words(origins)));
        } catch (IllegalArgumentException e) {
            throw new CannotStart("settings: switchboard.http.cors.origins: " + e.getMessage(), e);
        }
    }

    private static Log log(Config it) {
        return new Log(
                text(it, "master-key-file").map(Path::of),
                it.getInt("ready-keys"),
                it.getDuration("heads-every"),
                new Waker.Pace(
                        it.getInt("wakes.workers"),
                        it.getDuration("wakes.every"),
                        it.getInt("wakes.per-second"),
                        DebtRow.SOON));
    }

    private static ApiKey key(Config it) {
        try {
            return new ApiKey(
                    it.getString("id"),
                    it.getString("tenant"),
                    Role.valueOf(it.getString("role").toUpperCase(Locale.ROOT)),
                    it.getString("secret-sha256"),
                    it.hasPath("channels") ? Set.copyOf(it.getStringList("channels")) : Set.of(),
                    it.hasPath("revoked") && it.getBoolean("revoked"));
        } catch (IllegalArgumentException e) {
            throw new CannotStart("settings: switchboard.security.keys: " + e.getMessage(), e);
        }
    }

    private static Storage storage(Config it) {
        return new Storage(
                Path.of(it.getString("data")),
                it.getString("keyspace"),
                ContactSettings.of(it),
                making(it.getString("schema")),
                it.getInt("replicas"),
                it.getDuration("patience"),
                new Embedded(
                        Path.of(it.getString("embedded.lib")),
                        it.getInt("embedded.port"),
                        it.getString("embedded.heap")));
    }

    private static Cassandra.Making making(String name) {
        try {
            return Cassandra.Making.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new CannotStart("settings: switchboard.storage.schema is make, wait or only, not: " + name, e);
        }
    }

    /** What blanks and commas part. */
    static List<String> words(String list) {
        return Pattern.compile("[\\s,]+")
                .splitAsStream(list)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Config operators(Optional<String> file) {
        var defaults = ConfigFactory.defaultApplication();
        if (file.isEmpty() || file.get().isBlank()) {
            return defaults;
        }
        var path = Path.of(file.get());
        if (!Files.isReadable(path)) {
            throw new CannotStart("settings: SWITCHBOARD_CONF names a file that cannot be read: " + path);
        }
        return ConfigFactory.parseFile(path.toFile()).withFallback(defaults);
    }

    /** Empty for an empty one. */
    static Optional<String> text(Config it, String key) {
        return Optional.of(it.getString(key)).filter(value -> !value.isBlank());
    }
}
