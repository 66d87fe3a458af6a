package switchboard.understanding;

import java.util.List;

/** How training ended. */
public sealed interface Training {

    /** Notes are what somebody should look at; {@code right} is the share of examples that is understood by what has not seen them. */
    record Trained(Model model, List<Note> notes, double right) implements Training {
        public Trained {
            notes = List.copyOf(notes);
        }
    }

    /** Nothing was learned; what served before goes on serving. */
    record Refused(Reason reason) implements Training {}

    enum Reason {
        /** No example has words. */
        NO_EXAMPLES,
        /** All examples mean the same: there is nothing to tell apart. */
        ONE_INTENT,
        /** More than {@value Examples#MOST} examples or {@value Examples#MOST_INTENTS} intents. */
        TOO_MANY
    }

    /** Something in the examples that a model will be the worse for. */
    record Note(Kind kind, String intent, String text) {

        public enum Kind {
            /** The same text with several intents; the one that comes up most, then the first by name, was taken. */
            CONTRADICTORY,
            /** Neither letter nor digit, left out. */
            WITHOUT_WORDS,
            /** The intent has this one example only. */
            ONE_EXAMPLE
        }
    }
}
