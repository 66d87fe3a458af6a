package switchboard.plan;

import java.util.Locale;

/**
 * What is wrong at one place of a plan.
 *
 * @param pointer RFC 6901, into the JSON as it was given; empty for all of it
 * @param detail for people; repeats no value
 */
public record PlanFault(Code code, String pointer, String detail) {

    public enum Code {
        /** Over 64 KiB, as it came or as {@link PlanWriter} writes it. */
        TOO_LARGE,
        INVALID_UTF8,
        BROKEN_JSON,
        /** Nested deeper than 8. */
        TOO_DEEP,
        DUPLICATE_FIELD,
        UNKNOWN_FIELD,
        MISSING_FIELD,
        WRONG_TYPE,
        /** Not of the shape that the field has. */
        INVALID_VALUE,
        OUT_OF_BOUNDS,
        /** A queue or a skill that stands there twice. */
        DUPLICATE,
        UNKNOWN_QUEUE,
        OVERFLOW_LOOP,
        /** What comes after it would never be reached. */
        STEP_WITHOUT_END,
        /** The last step ends and there is no overflow. */
        END_WITHOUT_OVERFLOW,
        /** Asks for more than the step before. */
        STEP_TIGHTENS;

        /** As it stands in a problem's {@code code}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
