package switchboard.bench;

import java.util.Locale;

/** What a figure is to be. */
public sealed interface Goal {

    record AtMost(double limit) implements Goal {}

    record AtLeast(double limit) implements Goal {}

    /** Nobody asked for more; the figure stands for itself or explains another. */
    record None() implements Goal {}

    static Goal atMost(double limit) {
        return new AtMost(limit);
    }

    static Goal atLeast(double limit) {
        return new AtLeast(limit);
    }

    static Goal none() {
        return new None();
    }

    default boolean reached(double figure) {
        return switch (this) {
            case AtMost it -> figure <= it.limit;
            case AtLeast it -> figure >= it.limit;
            case None _ -> true;
        };
    }

    /** As in the table; empty where there is none. */
    default String text() {
        return switch (this) {
            case AtMost it -> "≤ " + plain(it.limit);
            case AtLeast it -> "≥ " + plain(it.limit);
            case None _ -> "";
        };
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) ? String.format(Locale.ROOT, "%,.0f", limit) : String.valueOf(limit);
    }
}
