package switchboard.agent;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import switchboard.agent.Agent.Presence;
import switchboard.agent.Agent.Routing;
import switchboard.agent.AgentEvent.Created;
import switchboard.agent.AgentEvent.Deleted;
import switchboard.agent.AgentEvent.HoldEnded;
import switchboard.agent.AgentEvent.Profiled;
import switchboard.agent.Profile.Pool;
import switchboard.agent.Work.Stage;
import switchboard.log.Entry;
import switchboard.scribe.KeysInUse;

/**
 * Where an agent stands: a fold of her entries, never stored.
 *
 * @param at the last entry's
 */
record AgentState(Person person, Duty duty, Work work, Instant at, KeysInUse keys) {

    static final AgentState EMPTY = new AgentState(Person.NOBODY, Duty.OFF, Work.NONE, Instant.EPOCH, KeysInUse.NONE);

    /**
     * Who she is.
     *
     * @param exists false before she was created and after she was deleted
     * @param named tells two names apart without saying them
     * @param sealed what has her name, as stored with number {@code seq}; empty once erased
     */
    record Person(boolean exists, String named, String sealed, long seq, Profile profile) {
        static final Person NOBODY = new Person(false, "", "", 0, Profile.NONE);
    }

    /**
     * Whether she may be offered anything.
     *
     * @param lost no stream of hers was up for too long, and she has not said anything since
     * @param chats missed in a row; likewise {@code calls}
     */
    record Duty(Presence presence, boolean lost, boolean responding, int chats, int calls) {
        static final Duty OFF = new Duty(Presence.OFFLINE, false, true, 0, 0);

        Duty says(Presence next) {
            return new Duty(next, false, responding, chats, calls);
        }

        Duty loses() {
            return new Duty(Presence.OFFLINE, true, responding, chats, calls);
        }

        Duty responds(boolean now) {
            return now ? took(true) : new Duty(presence, lost, false, chats, calls);
        }

        Duty took() {
            return took(responding);
        }

        private Duty took(boolean responds) {
            return new Duty(presence, lost, responds, 0, 0);
        }

        Duty missed(Pool pool) {
            return pool == Pool.VOICE
                    ? new Duty(presence, lost, responding, chats, calls + 1)
                    : new Duty(presence, lost, responding, chats + 1, calls);
        }

        int missedOf(Pool pool) {
            return pool == Pool.VOICE ? calls : chats;
        }
    }

    /** What any entry may carry beside its event. */
    record Common(String sealed, KeysInUse.@Nullable Note key) {}

    AgentState apply(Entry entry) {
        if (entry.type().equals(Entry.UNREADABLE)) {
            return this;
        }
        var common = entry.data(Common.class);
        var next = happened(AgentEvent.of(entry), entry, common.sealed());
        return new AgentState(next.person, next.duty, next.work, entry.at(), next.keys.noted(common.key()));
    }

    private AgentState happened(AgentEvent event, Entry entry, String sealed) {
        return switch (event) {
            case Created e -> with(Duty.OFF).profiled(e, entry, sealed).with(work.created(entry.at()));
            case AgentEvent.Changed e -> profiled(e, entry, sealed);
            case Deleted e -> new AgentState(Person.NOBODY, Duty.OFF, work, at, keys.erased(e.keys()));
            case AgentEvent.PresenceChanged e -> with(duty.says(presence(e.presence())));
            case AgentEvent.LeaseLost _ -> with(duty.loses());
            case AgentEvent.HoldGranted e -> with(work.granted(e));
            case AgentEvent.HoldAccepted e -> with(duty.took()).with(work.in(e.reservation(), Stage.WORKING));
            case AgentEvent.WrapUpStarted e -> with(work.in(e.reservation(), Stage.WRAP_UP));
            case HoldEnded e -> ended(e, entry.at());
            case AgentEvent.NotRespondingSet _ -> with(duty.responds(false));
            case AgentEvent.NotRespondingCleared _ -> with(duty.responds(true));
        };
    }

    private AgentState profiled(Profiled e, Entry entry, String sealed) {
        return new AgentState(new Person(true, e.named(), sealed, entry.seq(), e.profile()), duty, work, at, keys);
    }

    private AgentState ended(HoldEnded e, Instant when) {
        var missed = Agent.Outcome.TIMED_OUT.word().equals(e.outcome())
                ? work.find(e.reservation()).filter(Work.Held::reserved)
                : java.util.Optional.<Work.Held>empty();
        return missed.map(h -> with(duty.missed(h.pool()))).orElse(this).with(work.ended(e.reservation(), when));
    }

    /** These are deleted from the vault. */
    AgentState having(KeysInUse next) {
        return new AgentState(person, duty, work, at, next);
    }

    /** Whether she is there, and not away for good. */
    boolean exists() {
        return person.exists();
    }

    /** Whether presence lasts only while a stream does. */
    boolean leased() {
        return exists()
                && !duty.lost()
                && (duty.presence() != Presence.OFFLINE || !work.held().isEmpty());
    }

    /** Whether anything may be offered to her, if she has units free. */
    boolean offers(boolean connected) {
        return exists() && connected && duty.presence() == Presence.AVAILABLE && duty.responding();
    }

    Routing routing(boolean connected) {
        if (!exists()) {
            return Routing.OFF;
        }
        if (!duty.responding()) {
            return Routing.NOT_RESPONDING;
        }
        if (!work.held().isEmpty()) {
            return work.any(Stage.WORKING)
                    ? Routing.WORKING
                    : work.any(Stage.WRAP_UP) ? Routing.WRAP_UP : Routing.RESERVED;
        }
        return offers(connected) ? Routing.READY : Routing.OFF;
    }

    static Presence presence(String word) {
        return Presence.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private AgentState with(Duty next) {
        return new AgentState(person, next, work, at, keys);
    }

    private AgentState with(Work next) {
        return new AgentState(person, duty, next, at, keys);
    }
}
