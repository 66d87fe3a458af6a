package switchboard.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.insight.Story.NOON;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.log.TenantKeys;

class CursorTest {

    private static final TenantKeys OTHER = new TenantKeys(new byte[] {1, 2, 3}, new byte[32]);
    private static final Place PLACE = new Place(NOON, Story.id(7));

    @Test
    void a_cursor_leads_back_to_its_place() {
        var cursor = Cursor.write(TestKeys.TENANT, "q", PLACE);

        assertThat(Cursor.read(TestKeys.TENANT, "q", cursor)).contains(PLACE);
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void another_question_or_tenant_does_not_take_it() {
        var cursor = Cursor.write(TestKeys.TENANT, "q", PLACE);

        assertThat(Cursor.read(TestKeys.TENANT, "r", cursor)).isEmpty();
        assertThat(Cursor.read(OTHER, "q", cursor)).isEmpty();
    }

    @Test
    void no_byte_of_it_can_be_changed() {
        var bytes = Base64.getUrlDecoder().decode(Cursor.write(TestKeys.TENANT, "q", PLACE));
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= 1;
            assertThat(Cursor.read(TestKeys.TENANT, "q", Base64.getUrlEncoder().encodeToString(bytes)))
                    .isEmpty();
            bytes[i] ^= 1;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AAAA", "%%%", "ä", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void garbage_is_no_cursor(String garbage) {
        assertThat(Cursor.read(TestKeys.TENANT, "q", garbage)).isEmpty();
        assertThat(Cursor.read(TestKeys.TENANT, "q", garbage + "A".repeat(100_000)))
                .isEmpty();
    }
}
