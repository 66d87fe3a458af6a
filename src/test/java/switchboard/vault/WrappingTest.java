package switchboard.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WrappingTest {

    private final byte[] secret = Wrapping.random();
    private final Wrapping wrapping = new Wrapping(Wrapping.random());

    @Test
    void what_was_wrapped_for_a_place_unwraps_there() {
        var wrapped = wrapping.wrap(secret, "acme", "identity");

        assertThat(wrapping.unwrap(wrapped, "acme", "identity")).contains(secret);
    }

    @Test
    void it_unwraps_nowhere_else() {
        var wrapped = wrapping.wrap(secret, "acme", "identity");

        assertThat(wrapping.unwrap(wrapped, "acme", "chain")).isEmpty();
        assertThat(wrapping.unwrap(wrapped, "other", "identity")).isEmpty();
    }

    @Test
    void another_key_does_not_unwrap_it() {
        var wrapped = wrapping.wrap(secret, "acme", "identity");

        assertThat(new Wrapping(Wrapping.random()).unwrap(wrapped, "acme", "identity"))
                .isEmpty();
    }

    @Test
    void a_changed_byte_anywhere_keeps_it_shut() {
        var wrapped = wrapping.wrap(secret, "acme", "identity");

        for (int i = 0; i < wrapped.length; i++) {
            var changed = wrapped.clone();
            changed[i] ^= 1;
            assertThat(wrapping.unwrap(changed, "acme", "identity")).isEmpty();
        }
        assertThat(wrapping.unwrap(new byte[0], "acme", "identity")).isEmpty();
    }

    @Test
    void the_same_secret_never_looks_the_same() {
        assertThat(wrapping.wrap(secret, "acme", "identity")).isNotEqualTo(wrapping.wrap(secret, "acme", "identity"));
    }

    @Test
    void a_key_of_another_length_is_refused() {
        assertThatThrownBy(() -> new Wrapping(new byte[16])).isInstanceOf(IllegalArgumentException.class);
    }
}
