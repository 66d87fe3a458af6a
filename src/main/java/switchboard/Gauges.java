package switchboard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import switchboard.bot.Answering;
import switchboard.bot.School;
import switchboard.channel.Traffic;
import switchboard.dispatch.Dispatch;
import switchboard.history.Live;
import switchboard.insight.Follower;
import switchboard.intake.Admission;
import switchboard.intake.Lanes;
import switchboard.journal.Heads;
import switchboard.journal.Owed;
import switchboard.knowledge.Counts;
import switchboard.sse.Streams;
import switchboard.vault.Vault;

/** What features count by themselves, under the names that operators see. */
final class Gauges {

    static void ofLogs(Meters meters, Owed owed, Heads heads, Vault vault, LongAdder lateWrites) {
        meters.ever(
                        "switchboard.journal.late.writes",
                        "Writes that surfaced after their outcome was unknown",
                        lateWrites::sum)
                .now("switchboard.owed.due", "Conversations found due at the last look", owed::due)
                .ever("switchboard.owed.written", "Debts written down", owed::written)
                .ever("switchboard.owed.settled", "Debts settled", owed::settled)
                .ever("switchboard.heads.left", "Ends of logs that were not recorded: too many at a time", heads::left)
                .ever("switchboard.vault.damaged", "Keys that were found damaged", vault::damaged);
    }

    static void ofIntake(Meters meters, Lanes lanes, Admission singles, Admission bulks) {
        meters.now("switchboard.intake.lanes", "Conversations that bulk requests are writing to", lanes::open)
                .ever("switchboard.intake.commands", "Commands that carried bulk events", lanes::commands)
                .ever("switchboard.intake.events", "Events that bulk requests handed on", lanes::events)
                .now("switchboard.intake.places", "Requests being handled", singles::taken, "kind", "single")
                .now("switchboard.intake.places", "Requests being handled", bulks::taken, "kind", "bulk")
                .ever("switchboard.intake.overloaded", "Requests turned away", singles::refused, "kind", "single")
                .ever("switchboard.intake.overloaded", "Requests turned away", bulks::refused, "kind", "bulk");
    }

    static void ofKnowledge(Meters meters, Counts counts) {
        meters.now("switchboard.knowledge.articles", "Articles in force here, of all tenants", counts::articles)
                .now("switchboard.knowledge.index.seconds", "What the last index took to build", counts::seconds)
                .ever("switchboard.knowledge.indexes", "Versions put in force", counts::built, "outcome", "built")
                .ever("switchboard.knowledge.indexes", "Versions put in force", counts::failed, "outcome", "failed");
    }

    static void ofFollower(Meters meters, Follower follower) {
        meters.now("switchboard.followers.behind", "Conversations whose rows are being written", follower::behind)
                .now("switchboard.followers.lag.seconds", "Age of the oldest of these", () -> seconds(follower.lag()))
                .ever("switchboard.followers.written", "Rows of conversations written", follower::written)
                .ever("switchboard.followers.failed", "Rows that could not be written, and are owed", follower::failed);
    }

    static void ofOutbound(Meters meters, Traffic traffic, InstantSource clock) {
        meters.now("switchboard.outbound.connections", "Gateways that fetch their messages here", traffic::connections)
                .now("switchboard.outbound.partitions", "Partitions that they lease here", traffic::leased)
                .now("switchboard.outbound.waiting", "Messages in these that no gateway has accepted", traffic::waiting)
                .now(
                        "switchboard.outbound.oldest.seconds",
                        "For how long the oldest of these waits",
                        () -> age(traffic.oldest(), clock))
                .ever("switchboard.outbound.sent", "Messages handed to gateways", traffic::sent)
                .ever(
                        "switchboard.outbound.again",
                        "Of these those that the same connection had before",
                        traffic::again)
                .ever("switchboard.outbound.taken", "Partitions that a newer connection took", traffic::taken)
                .ever("switchboard.outbound.unsendable", "Messages erased or damaged", traffic::unsendable);
    }

    static void ofDispatch(Meters meters, Dispatch.Counts counts, InstantSource clock) {
        var demand = counts.demand();
        meters.ever("switchboard.router.proposed", "Conversations proposed to agents", counts.proposed()::sum)
                .ever("switchboard.router.refused", "Of these those that came too late", counts.refused()::sum)
                .ever("switchboard.router.doubted", "Conversations asked how they stand", counts.doubted()::sum)
                .now(
                        "switchboard.queue.waiting",
                        "Customers who wait for a person, by the routers here",
                        demand::waiting)
                .now(
                        "switchboard.queue.oldest.seconds",
                        "For how long the first of these waits",
                        () -> age(demand.oldest(), clock));
    }

    static void ofBot(Meters meters, Answering bot, School school) {
        var help = "What the bot did: answered, asked back, handed over, fell silent, put off";
        var counts = bot.counts();
        meters.ever("switchboard.bot.decided", help, counts.answers()::sum, "action", "answer")
                .ever("switchboard.bot.decided", help, counts.questions()::sum, "action", "ask_back")
                .ever("switchboard.bot.decided", help, counts.handOvers()::sum, "action", "hand_over")
                .ever("switchboard.bot.decided", help, counts.silences()::sum, "action", "silence")
                .ever("switchboard.bot.decided", help, counts.put()::sum, "action", "put_off")
                .ever(
                        "switchboard.bot.failed",
                        "Questions that it broke down over, or was late with",
                        counts.failed()::sum)
                .now("switchboard.bot.waiting", "Questions that wait for it", bot::waiting)
                .now("switchboard.bot.lessons", "Tenants whose bots have something to learn", school::waiting);
    }

    static void ofStreams(Meters meters, Streams streams, Live.Counts readers) {
        meters.now("switchboard.streams.open", "Answers that go on", streams::count)
                .ever("switchboard.streams.refused", "Streams not opened: too many", streams::refused)
                .ever("switchboard.streams.ended", "Streams that we ended", streams::slow, "why", "slow")
                .ever("switchboard.streams.ended", "Streams that we ended", streams::revoked, "why", "revoked")
                .ever("switchboard.streams.resumed", "Readers who came again", readers.resumed()::sum)
                .ever("switchboard.streams.refollowed", "Actors followed anew", readers.refollowed()::sum)
                .ever("switchboard.streams.failures", "Tries to follow or read that failed", readers.failures()::sum)
                .ever("switchboard.streams.holes", "Rows missing from the journal, passed over", readers.holes()::sum);
    }

    /** In seconds; 0 where there is nothing. */
    private static double age(Optional<Instant> since, InstantSource clock) {
        return since.map(it -> seconds(Duration.between(it, clock.instant()))).orElse(0.0);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }

    private Gauges() {}
}
