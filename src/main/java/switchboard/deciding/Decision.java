package switchboard.deciding;

import java.util.List;
import java.util.Locale;

/** What the bot does. */
public sealed interface Decision {

    /** Says what an article says. */
    record Answer(String article, String text, List<String> sources) implements Decision {

        public Answer {
            sources = List.copyOf(sources);
        }
    }

    /**
     * Asks which need it is.
     *
     * @param candidates intents, the likeliest first; may be none
     */
    record AskBack(List<String> candidates) implements Decision {

        public AskBack {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * A person is needed.
     *
     * @param queue empty: the default one
     */
    record HandOver(Reason reason, Evidence evidence, String queue, List<String> skills, String priority)
            implements Decision {

        public HandOver {
            skills = List.copyOf(skills);
        }
    }

    /** Says nothing: what wrote is a machine, too. */
    record Silence(Reason reason, Evidence evidence) implements Decision {}

    /** Why no answer is given. In the order in which they are asked. */
    enum Reason {
        /** It is an automatic reply to what the bot has said. */
        AUTOMATIC,
        /** He asks for a person, or has said before that he always wants one. */
        REQUESTED,
        /** Danger, law, somebody who needs protection. */
        SAFETY,
        /** The bot has replied so often in so short a time that it talks to a machine. */
        RATE,
        /** The topic is one that people serve first. */
        PERSON_FIRST,
        /** The need is understood, and nothing is known that serves it. */
        NO_KNOWLEDGE,
        /** Not understood, twice in a row. */
        LOW_CONFIDENCE,
        /** The customer says the same again. */
        REPEATED,
        /** The bot would say the same again. */
        LOOP,
        ANGER,
        /** A valuable customer, after a turn that failed. */
        VALUABLE,
        /** Money above the limit, or what cannot be undone. */
        STAKES,
        INCIDENT,
        TOO_MANY_TURNS,
        FAILED,
        TOO_SLOW;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a rule fired on.
     *
     * @param rule by its name
     * @param version of the rule
     * @param found words of a grammar, numbers, our own ids: never what only the customer wrote
     */
    record Evidence(String rule, int version, List<String> found) {

        public Evidence {
            found = List.copyOf(found);
        }
    }
}
