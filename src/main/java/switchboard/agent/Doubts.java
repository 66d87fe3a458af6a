package switchboard.agent;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import switchboard.agent.Agent.Question;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Work.Held;

/** What has to be asked of conversations, of each reservation one thing at a time. Derived from the state, never stored. */
final class Doubts {

    private final Set<String> doubted = new HashSet<>();
    private final Set<String> asking = new HashSet<>();

    /** How it stands with all of them is not known. */
    void recovered(Work work) {
        doubted.addAll(work.held().keySet());
    }

    /** How it stands with that one. */
    void doubt(String reservation) {
        doubted.add(reservation);
    }

    /** An answer has come; whether it settles the matter. */
    void answered(String reservation, boolean settled) {
        asking.remove(reservation);
        if (settled) {
            doubted.remove(reservation);
        }
    }

    /** What is to be asked now, and is being asked from here on; {@code gone}: she is, for longer than work waits for her. */
    Map<String, Question> next(AgentState state, boolean gone) {
        doubted.retainAll(state.work().held().keySet());
        var questions = new LinkedHashMap<String, Question>();
        for (var held : state.work().all()) {
            question(state, held, gone)
                    .filter(_ -> asking.add(held.reservation()))
                    .ifPresent(question -> questions.put(held.reservation(), question));
        }
        return questions;
    }

    /** Whether anything is to be asked, or is being asked. */
    boolean any(AgentState state, boolean gone) {
        return state.work().any(held -> question(state, held, gone).isPresent());
    }

    private Optional<Question> question(AgentState state, Held held, boolean gone) {
        if (held.reserved() && (!state.exists() || state.duty().lost())) {
            return Optional.of(Question.RESCIND);
        }
        if (!held.reserved() && held.pool() == Pool.CHAT && (!state.exists() || gone)) {
            return Optional.of(Question.REQUEUE);
        }
        return doubted.contains(held.reservation()) ? Optional.of(Question.STANDS) : Optional.empty();
    }
}
