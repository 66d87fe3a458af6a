package switchboard.logging;

import java.util.Locale;
import java.util.Optional;
import switchboard.wire.CannotStart;

/** How lines look. The log begins before any file of settings is read, so this is a variable of the environment alone. */
public enum Format {
    TEXT,
    JSON;

    static final String VARIABLE = "SWITCHBOARD_LOG_FORMAT";

    /** As the environment says; anything that is none is refused. */
    public static Format chosen() {
        var name = System.getenv(VARIABLE);
        return named(name == null ? "" : name)
                .orElseThrow(() -> new CannotStart(VARIABLE + " is text or json, not: " + name));
    }

    /** Empty for an unknown name; text for none. */
    static Optional<Format> named(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "text" -> Optional.of(TEXT);
            case "json" -> Optional.of(JSON);
            case String _ -> Optional.empty();
        };
    }
}
