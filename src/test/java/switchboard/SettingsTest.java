package switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.storage.Contact;
import switchboard.wire.CannotStart;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void nothing_set_is_the_embedded_node_on_loopback_with_the_local_keys() {
        var settings = Settings.of(ConfigFactory.load());

        assertThat(settings.storage().external()).isEmpty();
        assertThat(settings.http().host()).isEqualTo("127.0.0.1");
        assertThat(settings.http().port()).isEqualTo(8080);
        assertThat(settings.localKeys()).isTrue();
    }

    @Test
    void contact_points_mean_no_embedded_node() {
        var settings = Settings.of(with("switchboard.storage.contact-points = \"a:1, b\""));

        assertThat(settings.storage().external().orElseThrow().points()).isEqualTo(List.of("a:1", "b:9042"));
    }

    @Test
    void a_contact_point_that_is_none_is_named() {
        assertThatThrownBy(() -> Settings.of(with("switchboard.storage.contact-points = \"a:b:c\"")))
                .isInstanceOf(CannotStart.class)
                .hasMessage("settings: a contact point is host:port, not: a:b:c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUORUM", "LOCAL_QUORUM"})
    void a_quorum_is_asked_for_everywhere_the_journal_too(String name) {
        var config = external("consistency = " + name).config();

        var serial = name.replace("QUORUM", "SERIAL");
        for (var profile : List.of("", "profiles.pekko-persistence-cassandra-profile.")) {
            var request = config.getConfig("datastax-java-driver." + profile + "basic.request");
            assertThat(request.getString("consistency")).isEqualTo(name);
            assertThat(request.getString("serial-consistency")).isEqualTo(serial);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ONE", "LOCAL_ONE", "TWO", "ANY", "quorum", "\"\""})
    void less_than_a_quorum_is_refused(String name) {
        assertThatThrownBy(() -> Settings.of(with("switchboard.storage.consistency = " + name)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("settings: switchboard.storage.consistency is QUORUM or LOCAL_QUORUM, not: "
                        + name.replace("\"", ""));
    }

    @Test
    void what_an_operator_says_to_the_driver_weakens_nothing() {
        var config = with("datastax-java-driver.basic.request.consistency = ONE");

        var used = Contact.local(1, "k").config().withFallback(config);

        assertThat(used.getString("datastax-java-driver.basic.request.consistency"))
                .isEqualTo("QUORUM");
    }

    @Test
    void a_password_from_a_file_wins_and_ends_before_its_newline() throws Exception {
        assertThat(password("of the variable", "")).isEqualTo("of the variable");
        assertThat(password("of the variable", "from the file\n")).isEqualTo("from the file");
        assertThat(password("", "windows\r\n")).isEqualTo("windows");
        assertThat(password("", " blanks and \n\n")).isEqualTo(" blanks and \n");
        assertThat(password("", "none")).isEqualTo("none");
        assertThat(password("", "x".repeat(4_096))).hasSize(4_096);
    }

    @Test
    void a_password_file_that_cannot_be_used_is_named_and_not_repeated() throws Exception {
        var missing = folder.resolve("missing");
        assertThatThrownBy(() -> external("password-file = \"" + missing + "\""))
                .isInstanceOf(CannotStart.class)
                .hasMessage("settings: the password file cannot be read: " + missing);
        assertThatThrownBy(() -> password("", "\n"))
                .isInstanceOf(CannotStart.class)
                .hasMessage("settings: the password file is empty: " + folder.resolve("password"));
        assertThatThrownBy(() -> password("", "x".repeat(4_097)))
                .isInstanceOf(CannotStart.class)
                .hasMessage("settings: the password file has more than 4 KiB: " + folder.resolve("password"));
        assertThat(external("password = zwetschge").toString()).doesNotContain("zwetschge");
    }

    @Test
    void cassandra_over_tls_is_for_both_sessions_and_checks_the_host() {
        var contact = external("tls.ca = ca.pem");

        assertThat(contact.tls()).hasValue(new Contact.Tls(Path.of("ca.pem"), true));
        var driver = contact.config().getConfig("datastax-java-driver.advanced.ssl-engine-factory");
        assertThat(driver.getString("class")).isEqualTo("switchboard.storage.TrustedNodes");
        assertThat(driver.getBoolean("hostname-validation")).isTrue();
        assertThat(external("tls { ca = ca.pem, verify-host = off }")
                        .tls()
                        .orElseThrow()
                        .verifyHost())
                .isFalse();
        assertThat(external("").tls()).isEmpty();
    }

    @Test
    void https_needs_a_certificate_and_its_key() {
        assertThat(Settings.of(with("")).http().tls()).isEmpty();
        assertThat(Settings.of(with("switchboard.http.tls { certificate = a, key = b }"))
                        .http()
                        .tls())
                .hasValueSatisfying(it -> assertThat(it.files().key()).isEqualTo(Path.of("b")));
        for (var half : List.of("certificate", "key")) {
            assertThatThrownBy(() -> Settings.of(with("switchboard.http.tls." + half + " = a")))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("settings: switchboard.http.tls needs certificate and key, or neither");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "external", "cluster"})
    void operators_files_name_only_settings_that_exist(String name) {
        var ours = ConfigFactory.load();
        var file = ConfigFactory.parseFile(new File("conf/" + name + ".conf"));

        assertThat(file.isEmpty()).isFalse();
        assertThat(file.entrySet())
                .allSatisfy(setting -> assertThat(ours.hasPath(setting.getKey()))
                        .as(setting.getKey())
                        .isTrue());
        var settings = Settings.of(ConfigFactory.parseString("switchboard.storage.password-file = \"\"")
                .withFallback(file)
                .withFallback(ours));
        assertThat(settings.storage().external().isPresent()).isEqualTo(!name.equals("local"));
        assertThat(settings.cluster().clustered()).isEqualTo(name.equals("cluster"));
    }

    /** What is used where the file has {@code text}; no file for an empty one. */
    private String password(String variable, String text) throws IOException {
        var file = text.isEmpty()
                ? ""
                : Files.writeString(folder.resolve("password"), text).toString();
        return external("password = \"%s\", password-file = \"%s\"".formatted(variable, file))
                .password();
    }

    private static Contact external(String settings) {
        return Settings.of(with("switchboard.storage { contact-points = \"a\", user = u, " + settings + " }"))
                .storage()
                .external()
                .orElseThrow();
    }

    private static Config with(String setting) {
        return ConfigFactory.parseString(setting).withFallback(ConfigFactory.load());
    }
}
