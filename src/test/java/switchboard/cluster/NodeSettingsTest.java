package switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.wire.CannotStart;

class NodeSettingsTest {

    private static final String BOOTSTRAP = "pekko.management.cluster.bootstrap.contact-point-discovery.";

    @Test
    void a_program_alone_looks_for_nobody_and_its_shards_wait_for_nothing() {
        var alone = settings("");

        assertThat(alone.clustered()).isFalse();
        assertThat(laid(alone).getString("pekko.cluster.sharding.use-lease")).isEmpty();
        assertThat(laid(alone).getInt("pekko.remote.artery.canonical.port")).isZero();
    }

    @Test
    void by_a_list() {
        var listed = laid(settings("discovery = config, contact-points = \"a:1, b:2\", nodes = 2"));

        assertThat(listed.getString(BOOTSTRAP + "discovery-method")).isEqualTo("config");
        assertThat(listed.getInt(BOOTSTRAP + "required-contact-point-nr")).isEqualTo(2);
        var name = listed.getString(BOOTSTRAP + "service-name");
        assertThat(listed.getConfigList("pekko.discovery.config.services." + name + ".endpoints"))
                .extracting(it -> it.getString("host") + " " + it.getInt("port"))
                .containsExactly("a 1", "b 2");
        assertThat(listed.getString("pekko.cluster.sharding.use-lease")).isEqualTo("switchboard.cluster.shard-lease");
        assertThat(listed.getConfig("switchboard.cluster.shard-lease").getString("lease-class"))
                .isEqualTo(ShardLease.class.getName());
    }

    @Test
    void by_the_dns_and_by_the_pods_label() {
        var dns = laid(settings("discovery = DNS, service = nodes.internal"));
        assertThat(dns.getString(BOOTSTRAP + "discovery-method")).isEqualTo("pekko-dns");
        assertThat(dns.getString(BOOTSTRAP + "service-name")).isEqualTo("nodes.internal");
        assertThat(dns.getInt("pekko.management.cluster.bootstrap.contact-point.fallback-port"))
                .isEqualTo(7626);
        assertThat(dns.getString("pekko.io.dns.async-dns.positive-ttl"))
                .as("who came first sees the others")
                .isEqualTo("1s");

        var pods = laid(settings("discovery = kubernetes, service = sb, namespace = here"));
        assertThat(pods.getString(BOOTSTRAP + "discovery-method")).isEqualTo("kubernetes-api");
        assertThat(pods.getString("pekko.discovery.kubernetes-api.pod-namespace"))
                .isEqualTo("here");
        assertThat(pods.getString("pekko.discovery.kubernetes-api.pod-label-selector"))
                .isEqualTo("app.kubernetes.io/name=%s");
        assertThat(pods.getBoolean("pekko.discovery.kubernetes-api.use-raw-ip")).isTrue();
    }

    @Test
    void between_machines_nodes_talk_with_certificates_only() {
        var tls = "tls { certificate = c.pem, key = k.pem, ca = ca.pem }";
        var guarded = laid(settings("discovery = dns, host = \"192.0.2.1\", " + tls));

        assertThat(guarded.getString("pekko.remote.artery.transport")).isEqualTo("tls-tcp");
        assertThat(guarded.getConfig("pekko.remote.artery.ssl.rotating-keys-engine")
                        .getString("ca-cert-file"))
                .isEqualTo("ca.pem");
        refused("discovery = dns, host = \"192.0.2.1\"", "nodes talk in the clear on loopback only, not on 192.0.2.1");
        assertThat(laid(settings("discovery = dns, host = \"127.0.0.2\"")).getString("pekko.remote.artery.transport"))
                .isEqualTo("tcp");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "discovery = etcd                                  | is none, config, dns or kubernetes, not: etcd",
                "discovery = config                                | contact-points names no node",
                "discovery = config, contact-points = \"here\"     | is host:management-port, not: here",
                "discovery = dns, host = \"no.such.host.invalid\"  | no such host",
            })
    void what_cannot_work_is_refused_in_one_line(String given, String line) {
        refused(given, line);
    }

    private static void refused(String given, String line) {
        assertThatThrownBy(() -> settings(given))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(line);
    }

    private static NodeSettings settings(String given) {
        return NodeSettings.of(ConfigFactory.parseString(given)
                .withFallback(ConfigFactory.load("application").getConfig("switchboard.cluster")));
    }

    private static Config laid(NodeSettings settings) {
        return settings.config().withFallback(ConfigFactory.load("application"));
    }
}
