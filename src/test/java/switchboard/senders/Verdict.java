package switchboard.senders;

import static org.assertj.core.api.Assertions.assertThat;

import switchboard.program.Progress;
import switchboard.witness.Judge;
import switchboard.witness.Judge.Judgement;

/** What clients were told, held against all that is stored, with the figures said. */
public final class Verdict {

    /** All that was judged; fails where anything was violated. */
    public static Judgement acquitted(Judge judge) throws Exception {
        Progress.say("judging");
        var judgement = judge.judge();
        Progress.say("%d requests, %d conversations, %d entries: %s"
                .formatted(
                        judgement.requests(),
                        judgement.conversations(),
                        judgement.entries(),
                        judgement.findings().checked()));
        assertThat(judgement.findings().violations()).isEmpty();
        return judgement;
    }

    private Verdict() {}
}
