package switchboard.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import switchboard.wire.CannotStart;

/**
 * How this node finds the others, and how they reach it.
 *
 * @param host by which others reach it; never a name that means another machine elsewhere
 * @param port for the other nodes' messages
 * @param managementPort where it answers those who look for a cluster
 * @param service what the others are called in the DNS, or the pods' label in Kubernetes
 * @param namespace of the pods; empty: this pod's own
 * @param contactPoints all nodes' {@code host:management-port}, for {@link Discovery#CONFIG}
 * @param nodes so many must see each other before they form a first cluster
 */
public record NodeSettings(
        Discovery discovery,
        String host,
        int port,
        int managementPort,
        String service,
        String namespace,
        List<String> contactPoints,
        int nodes,
        Optional<Tls> tls) {

    /** Where the other nodes are found. */
    public enum Discovery {
        /** Nowhere: a program alone. */
        NONE,
        /** By a list. */
        CONFIG,
        /** By a name that stands for all of them. */
        DNS,
        /** By the API of Kubernetes. */
        KUBERNETES
    }

    /** PEM files, read again now and then; each node shows its certificate and asks the other for his. */
    public record Tls(String certificate, String key, String ca) {}

    private static final String SERVICE = "switchboard";

    /** Refused where nodes would talk in the clear between machines. */
    public static NodeSettings of(Config it) {
        var tls = it.getConfig("tls");
        var settings = new NodeSettings(
                discovery(it.getString("discovery")),
                it.getString("host"),
                it.getInt("port"),
                it.getInt("management-port"),
                it.getString("service"),
                it.getString("namespace"),
                Pattern.compile("[\\s,]+")
                        .splitAsStream(it.getString("contact-points"))
                        .filter(point -> !point.isEmpty())
                        .toList(),
                it.getInt("nodes"),
                tls.getString("certificate").isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Tls(tls.getString("certificate"), tls.getString("key"), tls.getString("ca"))));
        settings.check();
        return settings;
    }

    /** Whether there may be others. */
    public boolean clustered() {
        return discovery != Discovery.NONE;
    }

    /** For the libraries, to be laid over the rest. */
    public Config config() {
        if (!clustered()) {
            return ConfigFactory.empty();
        }
        var values = new HashMap<String, Object>(Map.of(
                "pekko.remote.artery.canonical.hostname", host,
                "pekko.remote.artery.canonical.port", port,
                "pekko.management.http.hostname", host,
                "pekko.management.http.port", managementPort,
                "pekko.management.cluster.bootstrap.contact-point-discovery.required-contact-point-nr", nodes,
                "pekko.management.cluster.bootstrap.contact-point.fallback-port", managementPort,
                "pekko.cluster.sharding.use-lease", "switchboard.cluster.shard-lease"));
        values.putAll(where());
        tls.ifPresent(it -> values.putAll(Map.of(
                "pekko.remote.artery.transport", "tls-tcp",
                "pekko.remote.artery.ssl.ssl-engine-provider",
                        "org.apache.pekko.remote.artery.tcp.ssl.RotatingKeysSSLEngineProvider",
                "pekko.remote.artery.ssl.rotating-keys-engine.cert-file", it.certificate(),
                "pekko.remote.artery.ssl.rotating-keys-engine.key-file", it.key(),
                "pekko.remote.artery.ssl.rotating-keys-engine.ca-cert-file", it.ca())));
        return ConfigFactory.parseMap(values, "how nodes find each other");
    }

    private Map<String, Object> where() {
        var discovery = "pekko.management.cluster.bootstrap.contact-point-discovery.discovery-method";
        var name = "pekko.management.cluster.bootstrap.contact-point-discovery.service-name";
        return switch (this.discovery) {
            case NONE -> Map.of();
            case CONFIG ->
                Map.of(
                        discovery,
                        "config",
                        name,
                        SERVICE,
                        // a list also names who does not run
                        "pekko.management.cluster.bootstrap.contact-point-discovery.contact-with-all-contact-points",
                        false,
                        "pekko.management.cluster.bootstrap.contact-point.filter-on-fallback-port",
                        false,
                        "pekko.discovery.config.services." + SERVICE + ".endpoints",
                        contactPoints.stream().map(NodeSettings::endpoint).toList());
            case DNS ->
                Map.of(
                        discovery,
                        "pekko-dns",
                        name,
                        service,
                        // a name server may let its answer be kept for a day: who looks first would see nobody that
                        // long
                        "pekko.io.dns.async-dns.positive-ttl",
                        "1s");
            case KUBERNETES ->
                Map.of(
                        discovery,
                        "kubernetes-api",
                        name,
                        service,
                        "pekko.management.cluster.bootstrap.contact-point-discovery.port-name",
                        "management",
                        "pekko.discovery.kubernetes-api.pod-label-selector",
                        "app.kubernetes.io/name=%s",
                        // not every cluster has names for pods, and their addresses are what nodes go by
                        "pekko.discovery.kubernetes-api.use-raw-ip",
                        true,
                        "pekko.discovery.kubernetes-api.pod-namespace",
                        namespace.isEmpty() ? "<pod-namespace>" : namespace);
        };
    }

    private static Map<String, Object> endpoint(String point) {
        var colon = point.lastIndexOf(':');
        return Map.of("host", point.substring(0, colon), "port", Integer.parseInt(point.substring(colon + 1)));
    }

    private static Discovery discovery(String name) {
        try {
            return Discovery.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new CannotStart(
                    "settings: switchboard.cluster.discovery is none, config, dns or kubernetes, not: " + name, e);
        }
    }

    private void check() {
        contactPoints.stream()
                .filter(point -> !point.matches("\\S+:[0-9]{1,5}"))
                .findFirst()
                .ifPresent(point -> {
                    throw new CannotStart(
                            "settings: a contact point of the cluster is host:management-port, not: " + point);
                });
        if (discovery == Discovery.CONFIG && contactPoints.isEmpty()) {
            throw new CannotStart("settings: switchboard.cluster.contact-points names no node");
        }
        if (clustered() && tls.isEmpty() && !loopback(host)) {
            throw new CannotStart("settings: nodes talk in the clear on loopback only, not on " + host
                    + ": set switchboard.cluster.tls.certificate, key and ca");
        }
    }

    private static boolean loopback(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            throw new CannotStart("no such host, by which other nodes were to reach this one: " + host, e);
        }
    }
}
