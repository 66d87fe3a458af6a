package switchboard.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Text that came from outside and must never be printed: {@code toString} shows its length alone. */
public record Personal(@JsonValue String text) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Personal {}

    @Override
    public String toString() {
        return "Personal[" + text.length() + "]";
    }
}
