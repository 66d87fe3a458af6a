package switchboard.audit;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.concurrent.CompletableFuture.failedStage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import switchboard.conversation.Bot;
import switchboard.conversation.Conversation;
import switchboard.conversation.Reservation;
import switchboard.handling.Holds.Hold;
import switchboard.handling.Rules;
import switchboard.journal.Heads;
import switchboard.journal.Journal;
import switchboard.journal.Owed;
import switchboard.log.Entry;
import switchboard.log.TenantKeys;
import switchboard.log.Unconfirmed;
import switchboard.plan.PlanReader;
import switchboard.scribe.Desk;
import switchboard.scribe.TestRight;
import switchboard.storage.TestCassandra;
import switchboard.vault.Vault;
import switchboard.wire.CustomerThread;
import switchboard.wire.Inbound;
import switchboard.wire.Personal;

/** What a node has for conversations, over a real Cassandra and the real journal. */
record House(ActorTestKit kit, Vault vault, Heads heads, Journal journal, Conversation.Ports ports) {

    static final String TENANT = "acme";
    static final String SAID = "my invoice is wrong";

    /** No agent is asked for anything here. */
    private static final Reservation.Agents NOBODY = new Reservation.Agents() {
        @Override
        public CompletionStage<Done> hold(String tenant, String reservation, Reservation.Propose what) {
            return failedStage(new IllegalStateException("nobody"));
        }

        @Override
        public CompletionStage<Done> tell(String tenant, String reservation, Hold hold) {
            return failedStage(new IllegalStateException("nobody"));
        }
    };

    static House build(TestCassandra cassandra) {
        var kit = ActorTestKit.create(cassandra.config());
        var session = cassandra.session();
        var keyspace = cassandra.keyspace();
        var vault = new Vault(session, keyspace, new byte[32], 64);
        vault.prepare(TENANT).toCompletableFuture().join();
        var heads = new Heads(kit.system(), session, keyspace, Duration.ofHours(1));
        var journal = new Journal(session, keyspace);
        var owed = new Owed(session, keyspace, () -> 1);
        var materializer = Materializer.matFromSystem(kit.system());
        var desk = new Desk(
                vault,
                (pid, number) -> journal.at(pid, number, materializer),
                owed::owe,
                owed::settle,
                heads::record,
                new TestRight(),
                new Unconfirmed(),
                InstantSource.system(),
                new LongAdder());
        var rules = new Rules(0, PlanReader.local());
        var ports = new Conversation.Ports(
                desk,
                (_, _) -> completedStage(Done.getInstance()),
                NOBODY,
                Bot.Bots.NONE,
                _ -> rules,
                Duration.ofHours(24));
        return new House(kit, vault, heads, journal, ports);
    }

    /** A conversation gets that many messages, one after another, and stops; its log as it stands. */
    List<Entry> converse(String persistenceId, int messages) {
        var shard = kit.<ClusterSharding.ShardCommand>createTestProbe();
        var replies = kit.<StatusReply<Conversation.Place>>createTestProbe();
        var conversation = kit.spawn(Conversation.create(Conversation.entityId(persistenceId), shard.ref(), ports));
        for (int i = 0; i < messages; i++) {
            conversation.tell(message(i, replies.ref()));
            replies.receiveMessage(Duration.ofSeconds(30)).getValue();
        }
        kit.stop(conversation);
        return journal.read(persistenceId, 0, Long.MAX_VALUE)
                .runWith(Sink.seq(), kit.system())
                .toCompletableFuture()
                .join();
    }

    TenantKeys keys() {
        return vault.tenant(TENANT);
    }

    Verification verification() {
        return new Verification(kit.system(), journal, heads, vault);
    }

    void stop() {
        heads.stop().toCompletableFuture().join();
        vault.close();
        kit.shutdownTestKit();
    }

    private static Conversation.Receive message(int number, ActorRef<StatusReply<Conversation.Place>> replyTo) {
        var content =
                new Inbound.Message(new Personal(SAID + number), Inbound.Customer.UNKNOWN, List.of(), new Personal(""));
        return new Conversation.Receive(
                new Inbound(
                        "message.received",
                        CustomerThread.of("web", "visitor"),
                        new Personal("/web/shop"),
                        new Personal("m" + number),
                        "",
                        content),
                replyTo);
    }
}
