package switchboard.custody;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import switchboard.invariants.Findings;

/**
 * I5 of one conversation: at every prefix of its history it is with the bot, in a queue, offered to one agent or with one
 * agent, and nobody takes or answers it who may not.
 */
final class Ownership {

    private static final String RULE = "I5";

    private enum Status {
        NEW,
        BOT,
        QUEUED,
        OFFERED,
        /** Taken by who was offered it; that it is hers comes in the same write. */
        TAKEN,
        /** Out of a queue, or out of somebody's hands; where it is then comes in the same write. */
        BETWEEN,
        WITH_AGENT,
        WRAP_UP,
        OVER
    }

    private static final Set<Status> PASSING = Set.of(Status.TAKEN, Status.BETWEEN);
    private static final Set<String> PASSING_ON =
            Set.of("queue.left", "queue.entered", "agent.assigned", "conversation.resolved", "conversation.abandoned");
    private static final Set<String> SOFTWARE = Set.of("bot", "system");

    private final String conversation;
    private final Findings.Check check;
    private final Set<String> reservations = new HashSet<>();
    private Status status = Status.NEW;
    private String agent = "";
    private String reservation = "";
    private long epoch;

    private Ownership(String conversation, Findings.Check check) {
        this.conversation = conversation;
        this.check = check;
    }

    /** Of the whole of it, from number 1. */
    static void judge(String conversation, List<Fact> facts, Findings.Check check) {
        var it = new Ownership(conversation, check);
        for (var fact : facts) {
            it.passes(fact);
            it.apply(fact);
        }
        check.demand(!PASSING.contains(it.status), RULE, conversation, "ends with nobody");
    }

    private void passes(Fact it) {
        if (PASSING.contains(status)) {
            demand(PASSING_ON.contains(it.type()), it, "nobody has it");
        }
    }

    private void apply(Fact it) {
        switch (it.type()) {
            case "conversation.opened" -> becomes(it, Status.BOT, "", Status.NEW, Status.OVER);
            case "conversation.reopened" -> becomes(it, Status.BOT, "", Status.OVER);
            case "queue.entered" -> becomes(it, Status.QUEUED, "", Status.BOT, Status.QUEUED, Status.BETWEEN);
            case "queue.left" -> left(it);
            case "reservation.created" -> offered(it);
            case "reservation.accepted" -> {
                stands(it);
                becomes(it, Status.TAKEN, it.text("agent"), Status.OFFERED);
            }
            case "reservation.rejected", "reservation.timed_out", "reservation.rescinded" -> {
                stands(it);
                becomes(it, Status.QUEUED, "", Status.OFFERED);
            }
            case "agent.assigned" -> assigned(it);
            case "agent.released" -> {
                demand(it.text("agent").equals(agent), it, "is not whose it is");
                becomes(it, Status.BETWEEN, "", Status.WITH_AGENT, Status.WRAP_UP);
            }
            case "wrapup.started" -> becomes(it, Status.WRAP_UP, agent, Status.WITH_AGENT);
            case "conversation.resolved" ->
                becomes(it, Status.OVER, "", Status.BOT, Status.BETWEEN, Status.WITH_AGENT, Status.WRAP_UP);
            case "conversation.abandoned" -> becomes(it, Status.OVER, "", Status.BETWEEN);
            case "message.sent" -> said(it);
            case "bot.decided" -> demand(status == Status.BOT, it, "the bot decided, which has not the word");
            default -> {
                // names of the contract, read as a client reads them: nothing else moves it
            }
        }
    }

    private void left(Fact it) {
        if (status == Status.TAKEN) {
            demand(it.text("reason").equals("accepted"), it, "left for another reason than that it was taken");
        } else {
            becomes(it, Status.BETWEEN, "", Status.QUEUED);
        }
    }

    private void offered(Fact it) {
        reservation = it.text("reservation");
        demand(reservations.add(reservation), it, reservation + " was offered before");
        demand(reservation.startsWith(conversation + "."), it, reservation + " is another's");
        becomes(it, Status.OFFERED, it.text("agent"), Status.QUEUED);
    }

    private void stands(Fact it) {
        var same =
                it.text("reservation").equals(reservation) && it.text("agent").equals(agent);
        demand(same, it, "was not offered so");
    }

    private void assigned(Fact it) {
        var to = it.text("agent");
        demand(agent.isEmpty() || agent.equals(to), it, agent + " has it, and so has " + to);
        var next = it.data().path("epoch").asLong();
        demand(next > epoch, it, "epoch " + next + " after " + epoch);
        epoch = next;
        becomes(it, Status.WITH_AGENT, to, Status.BOT, Status.BETWEEN, Status.TAKEN, Status.WITH_AGENT, Status.WRAP_UP);
    }

    private void said(Fact it) {
        var author = it.text("author");
        if (SOFTWARE.contains(author)) {
            demand(status == Status.BOT, it, author + " said it, which has not the word");
        } else {
            var owns = status == Status.WITH_AGENT || status == Status.WRAP_UP;
            demand(owns && author.equals(agent), it, author + " said it, who does not have it");
        }
    }

    private void becomes(Fact it, Status next, String whose, Status... before) {
        demand(Set.of(before).contains(status), it, "while it is " + status);
        status = next;
        agent = whose;
    }

    private void demand(boolean holds, Fact it, String what) {
        check.demand(holds, RULE, conversation, it.seq() + " " + it.type() + ": " + what);
    }
}
