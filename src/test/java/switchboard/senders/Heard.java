package switchboard.senders;

import switchboard.witness.Sender;

/** What a gateway was told, counted. */
final class Heard implements Sender.Watch {

    /** With an answer that ends them: taken, or turned down for good. */
    final Tally answers;

    /** That got no answer, or one of 500 and above. */
    final Tally refusals;

    /** {@code what} is sent, in the plural. */
    Heard(String what) {
        answers = new Tally(what + " answered");
        refusals = new Tally(what + " turned away");
    }

    @Override
    public void answered() {
        answers.add();
    }

    @Override
    public void turnedAway() {
        refusals.add();
    }
}
