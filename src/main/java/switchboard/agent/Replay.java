package switchboard.agent;

import java.util.List;
import switchboard.agent.Agent.Facts;
import switchboard.log.Entry;

/** One agent's log folded outside her actor: what followers were told. */
public final class Replay {

    private final AgentBook book;

    /** Before the first entry. */
    public Replay(String tenant, String agent) {
        book = new AgentBook(Agent.persistenceId(tenant, agent), _ -> false);
        book.settle(List.of());
    }

    /** The next entry that stands; one that cannot be read changes nothing. */
    public Replay add(Entry entry) {
        book.add(entry);
        return this;
    }

    /** What followers are told after the last entry: as if she were connected. */
    public Facts facts() {
        return book.facts(true);
    }
}
