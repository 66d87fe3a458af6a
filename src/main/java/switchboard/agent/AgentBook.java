package switchboard.agent;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import switchboard.agent.Agent.Facts;
import switchboard.agent.Agent.View;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.scribe.KeysInUse;
import switchboard.scribe.LogBook;

/** What one incarnation of the actor holds of its log, and what others are told of it. */
final class AgentBook extends LogBook {

    private final String entityId;
    private AgentState state = AgentState.EMPTY;

    /** {@code genuine}: whether an entry was written by us. */
    AgentBook(String persistenceId, Predicate<Entry> genuine) {
        super(persistenceId, genuine);
        entityId = Agent.entityId(persistenceId);
    }

    AgentState state() {
        return state;
    }

    @Override
    public Instant at() {
        return state.at();
    }

    @Override
    public KeysInUse keys() {
        return state.keys();
    }

    @Override
    public void forgotten(List<String> keys) {
        state = state.having(state.keys().forgotten(keys));
    }

    /** What did not stand was never acknowledged; whoever wanted it asks again. */
    @Override
    protected boolean misses(Entry stray) {
        return false;
    }

    @Override
    protected void apply(Entry entry) {
        state = state.apply(entry);
    }

    @Override
    protected void remember(Entry stray) {
        var sealed = stray.data(AgentState.Common.class).sealed();
        if (!sealed.isEmpty()) {
            state = state.having(state.keys().using(DataKey.idOf(sealed)));
        }
    }

    /** The state as others see it. */
    View view(boolean connected) {
        var person = state.person();
        return new View(
                entityId.substring(entityId.indexOf(':') + 1),
                head().seq(),
                state.duty().presence(),
                state.routing(connected),
                state.offers(connected),
                person.profile(),
                state.work().load(),
                state.work().freeSince(),
                state.at(),
                person.sealed(),
                person.seq());
    }

    /** What followers are told. */
    Facts facts(boolean connected) {
        var held = state.work().all().stream()
                .map(it -> new Agent.Held(it.reservation(), it.pool(), it.units()))
                .toList();
        return new Facts(entityId.substring(0, entityId.indexOf(':')), view(connected), held, !state.exists());
    }
}
