package switchboard.deciding;

import java.time.Instant;
import java.util.List;
import switchboard.understanding.Understood;

/**
 * All that a decision follows from.
 *
 * @param upTo number of the last entry that is answered
 * @param transcript of this episode, oldest first; the last one said is what is to be answered
 * @param wish how surely a person is asked for, 0 to 1; learned apart from the rest
 * @param hits what knowledge was found, the best first
 * @param incident that is open for what this is about; empty: none
 */
public record Question(
        long upTo,
        int epoch,
        Versions versions,
        List<Turn> transcript,
        Understood understood,
        double wish,
        List<Hit> hits,
        Customer customer,
        String incident,
        Instant at) {

    /** Which bot, which knowledge and which ear for wishes stand behind it. */
    public record Versions(String bot, String knowledge, String wishes) {}

    /**
     * An article that may answer it.
     *
     * @param score 0 to 1
     * @param sources that the answer cites
     */
    public record Hit(String article, double score, String text, List<String> sources) {

        public Hit {
            sources = List.copyOf(sources);
        }
    }

    /**
     * Who asks.
     *
     * @param tier as the policy names those who are valuable; empty: unknown
     * @param wantsPerson whether he has said that he always wants one
     */
    public record Customer(String tier, boolean wantsPerson) {}

    public Question {
        transcript = List.copyOf(transcript);
        hits = List.copyOf(hits);
    }

    List<Turn.Said> said() {
        return transcript.stream()
                .filter(Turn.Said.class::isInstance)
                .map(Turn.Said.class::cast)
                .toList();
    }

    List<Turn.Replied> replied() {
        return transcript.stream()
                .filter(Turn.Replied.class::isInstance)
                .map(Turn.Replied.class::cast)
                .toList();
    }

    double confidence() {
        return understood.guesses().isEmpty()
                ? 0
                : understood.guesses().getFirst().confidence();
    }
}
