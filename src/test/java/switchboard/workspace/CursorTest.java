package switchboard.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.log.TenantKeys;
import switchboard.workspace.Cursor.Place;

class CursorTest {

    private static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    private static final Cursor CURSOR =
            new Cursor(41, Map.of(World.id(3), new Place(5, 17, 0, 0), World.id(4), new Place(2, 0, 900, 950)));

    @Test
    void what_is_signed_is_read_as_it_was() {
        assertThat(Cursor.read(CURSOR.text(CursorTest::ana), CursorTest::ana)).contains(CURSOR);
        assertThat(Cursor.read(new Cursor(0, Map.of()).text(CursorTest::ana), CursorTest::ana))
                .contains(new Cursor(0, Map.of()));
    }

    @Test
    void sixty_four_conversations_of_more_than_a_million_entries_fit() {
        var places = new LinkedHashMap<String, Place>();
        for (int i = 0; i < Cursor.MOST; i++) {
            places.put(World.id(i), new Place(46_000, 1_600_000, 1_600_001, 1_600_002));
        }
        var full = new Cursor(60_000_000, places);

        assertThat(full.text(CursorTest::ana).length()).isLessThanOrEqualTo(Cursor.LENGTH);
        assertThat(full.text(CursorTest::ana)).matches("[a-z0-9.-]+");
        assertThat(Cursor.read(full.text(CursorTest::ana), CursorTest::ana)).contains(full);
    }

    @Test
    void anothers_is_none() {
        assertThat(Cursor.read(CURSOR.text(CursorTest::bo), CursorTest::ana)).isEmpty();
    }

    @Test
    void one_that_was_changed_in_any_place_is_none() {
        var text = CURSOR.text(CursorTest::ana);

        for (int i = 0; i < text.length(); i++) {
            var other = text.charAt(i) == '1' ? '2' : '1';
            assertThat(Cursor.read(text.substring(0, i) + other + text.substring(i + 1), CursorTest::ana))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "1",
                "1.",
                ".1",
                "17",
                "1.5.",
                "null",
                "ä.ö",
                "1.1.x-y-z.00000000000000000000000000000000"
            })
    void what_was_never_signed_is_none(String text) {
        assertThat(Cursor.read(text, CursorTest::ana)).isEmpty();
    }

    @Test
    void what_is_longer_than_any_is_none() {
        var signed = "1.1." + "a".repeat(Cursor.LENGTH);

        assertThat(Cursor.read(signed + "." + ana(signed), CursorTest::ana)).isEmpty();
    }

    @Test
    void one_of_another_version_is_none() {
        assertThat(Cursor.read("2.1." + ana("2.1"), CursorTest::ana)).isEmpty();
    }

    private static String ana(String text) {
        return KEYS.mac("agent-cursor", "ana " + text);
    }

    private static String bo(String text) {
        return KEYS.mac("agent-cursor", "bo " + text);
    }
}
