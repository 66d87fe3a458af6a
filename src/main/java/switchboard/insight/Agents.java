package switchboard.insight;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import switchboard.agent.Agent;
import switchboard.agent.Agent.Facts;
import switchboard.agent.Agent.View;
import switchboard.agent.Profile;
import switchboard.agent.Profile.Capacity;
import switchboard.agent.Profile.Skill;

/** A tenant's agents, one row each: as of her latest entry, and as if a stream of hers were up. */
public final class Agents {

    private final CqlSession session;
    private final PreparedStatement put;
    private final PreparedStatement delete;
    private final PreparedStatement page;

    /** Over the table {@code keyspace.agent}, which must exist. */
    public Agents(CqlSession session, String keyspace) {
        this.session = session;
        put = session.prepare("INSERT INTO " + keyspace
                + ".agent (tenant, agent, seq, at, presence, routing, offers, languages, skills, queues, capacity_voice,"
                + " capacity_chat, load_voice, load_chat, free_since, name, name_seq)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        delete = session.prepare("DELETE FROM " + keyspace + ".agent USING TIMESTAMP ? WHERE tenant = ? AND agent = ?");
        page = session.prepare("SELECT * FROM " + keyspace + ".agent WHERE tenant = ? AND agent > ? LIMIT ?");
    }

    /** Done when the row is where {@code facts} are, or further; one who is deleted has none. */
    public CompletionStage<Done> follow(Facts facts) {
        var it = facts.view();
        return facts.deleted() ? done(delete.bind(it.seq(), facts.tenant(), it.id())) : put(facts.tenant(), it);
    }

    private CompletionStage<Done> put(String tenant, View it) {
        var profile = it.profile();
        return done(put.bind(
                tenant,
                it.id(),
                it.seq(),
                it.updatedAt(),
                it.presence().name(),
                it.routing().name(),
                it.offers(),
                profile.languages(),
                profile.skills().stream().collect(toMap(Skill::skill, Skill::level)),
                profile.queues(),
                profile.capacity().voice(),
                profile.capacity().chat(),
                it.load().voice(),
                it.load().chat(),
                it.freeSince(),
                it.name(),
                it.nameSeq(),
                it.seq()));
    }

    /** At most {@code limit} of them, in the order of their ids, after {@code after}. */
    public CompletionStage<List<View>> page(String tenant, String after, int limit) {
        return session.executeAsync(prepared(page.bind(tenant, after, limit)).setPageSize(limit))
                .thenApply(rows -> StreamSupport.stream(rows.currentPage().spliterator(), false)
                        .map(Agents::view)
                        .toList());
    }

    private static View view(Row row) {
        var skills = requireNonNull(row.getMap("skills", String.class, Integer.class)).entrySet().stream()
                .map(skill -> new Skill(skill.getKey(), skill.getValue()))
                .toList();
        var profile = new Profile(
                requireNonNull(row.getList("languages", String.class)),
                skills,
                requireNonNull(row.getList("queues", String.class)),
                new Capacity(row.getInt("capacity_voice"), row.getInt("capacity_chat")));
        return new View(
                requireNonNull(row.getString("agent")),
                row.getLong("seq"),
                Agent.Presence.valueOf(requireNonNull(row.getString("presence"))),
                Agent.Routing.valueOf(requireNonNull(row.getString("routing"))),
                row.getBoolean("offers"),
                profile,
                new Capacity(row.getInt("load_voice"), row.getInt("load_chat")),
                requireNonNull(row.getInstant("free_since")),
                requireNonNull(row.getInstant("at")),
                requireNonNull(row.getString("name")),
                row.getLong("name_seq"));
    }

    private CompletionStage<Done> done(BoundStatement statement) {
        return session.executeAsync(prepared(statement)).thenApply(_ -> Done.getInstance());
    }

    private static BoundStatement prepared(BoundStatement statement) {
        return statement.setIdempotent(true);
    }
}
