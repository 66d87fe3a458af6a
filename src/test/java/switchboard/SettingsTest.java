package switchboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.wire.CannotStart;

class SettingsTest {

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
    @ValueSource(strings = {"local", "external"})
    void operators_files_name_only_settings_that_exist(String name) {
        var ours = ConfigFactory.load();
        var file = ConfigFactory.parseFile(new File("conf/" + name + ".conf"));

        assertThat(file.isEmpty()).isFalse();
        assertThat(file.entrySet())
                .allSatisfy(setting -> assertThat(ours.hasPath(setting.getKey()))
                        .as(setting.getKey())
                        .isTrue());
        assertThat(Settings.of(file.withFallback(ours)).storage().external().isPresent())
                .isEqualTo(name.equals("external"));
    }

    private static Config with(String setting) {
        return ConfigFactory.parseString(setting).withFallback(ConfigFactory.load());
    }
}
