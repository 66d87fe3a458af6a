package switchboard.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static switchboard.conversation.InMemoryNode.NOON;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import switchboard.agent.Agent.Question;
import switchboard.agent.Agent.Standing;
import switchboard.agent.Profile.Pool;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Order;
import switchboard.conversation.Conversation.Place;
import switchboard.handling.Status;
import switchboard.log.Chain;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.scribe.Identities.Once;
import switchboard.wire.CustomerThread;
import switchboard.wire.Inbound;
import switchboard.wire.Personal;

/** A conversation on a node in memory, the ways to bring it into each status, and what may be asked of it. */
public class ConversationFixture {

    protected static final ActorTestKit actors = ActorTestKit.create(InMemoryNode.config());
    protected static final String ID = "c" + "a".repeat(26);
    protected static final String PID = "Conversation|local:" + ID;

    protected final InMemoryNode node = new InMemoryNode();
    protected final TestProbe<ClusterSharding.ShardCommand> shard = actors.createTestProbe();
    protected final EventSourcedBehaviorTestKit<Command, Entry, Book> conversation = EventSourcedBehaviorTestKit.create(
            actors.system(),
            ConversationEntity.create("local", ID, shard.ref(), node.ports()),
            EventSourcedBehaviorTestKit.disabledSerializationSettings());
    private int keys;

    /** The entry that an earlier incarnation would have written as the next number, had its write come in time. */
    protected Entry lateTwin(String id, String text) {
        var sealer = new Sealer("local", PID, node.ports());
        return late("message.received", sealer.once(message(id, text)), java.util.Map.of());
    }

    /** As {@link #lateTwin}, of any type; sealed with a key that nothing else uses. */
    protected Entry late(String type, Once once, java.util.Map<String, Object> plain) {
        var data = new java.util.LinkedHashMap<String, Object>(plain);
        data.put("once", once.toString());
        data.putIfAbsent("time", "");
        data.put("sealed", node.next("local").orElseThrow().seal(new byte[2], PID, head().seq() + 1));
        return new Pen(InMemoryNode.KEYS, 1).write(head(), type, NOON, 1, data);
    }

    protected void given(String status) {
        switch (status) {
            case "new" -> {}
            case "bot" -> receive("m1", "Hello?");
            case "queued" -> {
                given("bot");
                ask(r -> command("escalate", r));
            }
            case "reserved" -> {
                given("queued");
                proposed(2, "anna");
            }
            case "accepted" -> {
                given("reserved");
                ask(r -> command("accept", r));
            }
            case "rejected" -> {
                given("reserved");
                ask(r -> command("reject", r));
            }
            case "timed_out" -> {
                given("reserved");
                overdue(2);
            }
            case "rescinded" -> {
                given("reserved");
                ask(r -> command("assign other", r));
            }
            case "left while offered" -> {
                given("reserved");
                ask(r -> command("left", r));
            }
            case "abandoned" -> {
                given("queued");
                ask(r -> command("left", r));
            }
            case "assigned" -> {
                given("bot");
                ask(r -> new Conversation.Assign(new Order("sue", true, "a", -1), "anna", true, r));
                ask(r -> new Conversation.Send(order("anna"), new Personal("How can I help?"), r));
            }
            case "on_hold" -> {
                given("assigned");
                ask(r -> new Conversation.Hold(order("anna"), r));
            }
            case "wrap_up" -> {
                given("assigned");
                ask(r -> command("left", r));
            }
            case "wrapping_up" -> {
                given("accepted");
                ask(r -> command("resolve", r));
            }
            case "resolved" -> {
                given("assigned");
                ask(r -> new Conversation.Resolve(order("anna"), "done", r));
            }
            case "closed" -> {
                given("resolved");
                node.now = node.now.plus(InMemoryNode.WINDOW).plusMillis(1);
            }
            default -> throw new IllegalArgumentException(status);
        }
        if (!status.equals("new")) {
            told();
        }
    }

    /** What followers are told after an answer, they are told before the next one. */
    protected void told() {
        look();
    }

    protected Command command(String name, ActorRef<StatusReply<Place>> r) {
        var by = name.endsWith("as other") ? "ben" : "anna";
        var order = name.endsWith("as supervisor") ? new Order("sue", true, "s" + keys++, -1) : order(by);
        var supervisor = new Order("sue", true, "s" + keys++, -1);
        return switch (name.replaceAll(" as [a-z]*$", "")) {
            case "message" -> new Conversation.Receive(message("m" + keys++, "Well?"), r);
            case "receipt" -> new Conversation.Receive(receiptEvent("message.delivered", 4), r);
            case "rating" ->
                new Conversation.Receive(
                        inbound("csat.received", "r1", new Inbound.Rating(4, new Personal("fine"))), r);
            case "left" -> new Conversation.Receive(inbound("customer.left", "l" + keys++, new Inbound.Left()), r);
            case "consent" ->
                new Conversation.Receive(inbound("consent.given", "c1", new Inbound.Consent("marketing")), r);
            case "withdrawal" ->
                new Conversation.Receive(inbound("consent.withdrawn", "c1", new Inbound.Consent("marketing")), r);
            case "assign" -> new Conversation.Assign(supervisor, "anna", true, r);
            case "assign other" -> new Conversation.Assign(supervisor, "ben", true, r);
            case "send" -> new Conversation.Send(order, new Personal("Hi"), r);
            case "note" -> new Conversation.Note(order, new Personal("calls often"), r);
            case "hold" -> new Conversation.Hold(order, r);
            case "resume" -> new Conversation.Resume(order, r);
            case "escalate" -> new Conversation.Escalate(supervisor, "billing", List.of(), "", "customer_asked", r);
            case "transfer" -> new Conversation.Transfer(order, "", "general", true, r);
            case "transfer to anna" -> new Conversation.Transfer(order, "anna", "", true, r);
            case "transfer to ben" -> new Conversation.Transfer(order, "ben", "", true, r);
            case "accept" -> new Reservation.Word(2, by, true, r);
            case "reject" -> new Reservation.Word(2, by, false, r);
            case "resolve" -> new Conversation.Resolve(order, "done", r);
            case "wrap-up" -> new Conversation.WrapUp(order, "refunded", r);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The router proposes; the agent is asked meanwhile, so the answer comes later. */
    protected StatusReply<Place> proposed(int epoch, String agent) {
        var probe = actors.<StatusReply<Place>>createTestProbe();
        conversation.runCommand(propose(epoch, agent, probe.ref()));
        var answer = probe.receiveMessage(java.time.Duration.ofSeconds(30));
        told();
        return answer;
    }

    protected Reservation.Propose propose(int epoch, String agent, ActorRef<StatusReply<Place>> r) {
        return new Reservation.Propose(epoch, agent, Pool.CHAT, 34, node.now.plusSeconds(20), "{\"plan\":7}", r);
    }

    /** What an agent asks of a reservation. */
    protected Standing doubt(int epoch, String agent, Question question) {
        return conversation
                .<StatusReply<Reservation.Stands>>runCommand(r -> new Reservation.Doubt(epoch, agent, question, r))
                .reply()
                .getValue()
                .standing();
    }

    protected Order order(String agent) {
        return new Order(agent, false, "k" + keys++, -1);
    }

    protected StatusReply<Place> receive(String id, String text) {
        return ask(r -> new Conversation.Receive(message(id, text), r));
    }

    /** From a customer of that tier. */
    protected StatusReply<Place> receive(String id, String text, String tier) {
        var of = new Inbound.Customer(new Personal(""), new Personal(""), "", tier);
        var message = new Inbound.Message(new Personal(text), of, List.of(), new Personal(""));
        return ask(r -> new Conversation.Receive(inbound("message.received", id, message), r));
    }

    protected void receipt(String type, long of) {
        assertThat(ask(r -> new Conversation.Receive(receiptEvent(type, of), r)).isSuccess())
                .isTrue();
        told();
    }

    protected Inbound receiptEvent(String type, long of) {
        return inbound(
                type,
                "r" + keys++,
                new Inbound.Receipt(Conversation.messageId(ID, of), new Personal("wamid.1"), new Personal("")));
    }

    protected static Inbound message(String id, String text) {
        return inbound(
                "message.received",
                id,
                new Inbound.Message(new Personal(text), Inbound.Customer.UNKNOWN, List.of(), new Personal("")));
    }

    protected static Inbound inbound(String type, String id, Inbound.Content content) {
        return new Inbound(
                type,
                CustomerThread.of("whatsapp", "+49 170 1234"),
                new Personal("/whatsapp/491701234"),
                new Personal(id),
                "",
                content);
    }

    protected StatusReply<Place> ask(Function<ActorRef<StatusReply<Place>>, Command> command) {
        return conversation.<StatusReply<Place>>runCommand(command).reply();
    }

    protected StatusReply<Conversation.View> look() {
        return conversation
                .<StatusReply<Conversation.View>>runCommand(Conversation.Look::new)
                .reply();
    }

    /** What followers confirm comes back to the actor as a message; so what it owes is so after a while. */
    protected void owesNothing() {
        eventually(() -> assertThat(node.debts).isEmpty());
    }

    /** As {@link #owesNothing}: it is to be woken then. */
    protected void owes(java.time.Instant wakeAt) {
        eventually(() -> assertThat(node.debts).containsEntry(PID, wakeAt));
    }

    private void eventually(Runnable holds) {
        actors.createTestProbe().awaitAssert(java.time.Duration.ofSeconds(30), () -> {
            look();
            holds.run();
            return null;
        });
    }

    protected Head head() {
        return conversation.getState().head();
    }

    protected List<Entry> entries() {
        return conversation.persistenceTestKit().persistedInStorage(PID).stream()
                .map(Entry.class::cast)
                .toList();
    }

    protected void assertChain() {
        var standing = new ArrayList<Entry>();
        var chain = Chain.standing(Head.of(PID), standing::add);
        entries().forEach(e -> chain.add(e.seq(), e));
        chain.finish();
        assertThat(standing).isEqualTo(entries()).allMatch(e -> e.genuine(InMemoryNode.KEYS));
    }

    /** Agents were told that, among others. */
    protected void told(String what) {
        eventually(() -> assertThat(node.agents).contains(what));
    }

    /** Of all entries, in order. */
    protected List<String> types() {
        return entries().stream().map(Entry::type).toList();
    }

    /** Where it waits, and since when. */
    protected String place() {
        var status = conversation.getState().state().status();
        var line = status instanceof Status.Queued s ? s.line() : ((Status.Reserved) status).line();
        return line.queue() + " " + line.key();
    }

    /** The time of the offer with that epoch is over. */
    protected void overdue(int epoch) {
        conversation.runCommand(new Reservation.Overdue(epoch));
    }

    /** What agents could not be told is told again. */
    protected void again() {
        conversation.runCommand(new Reservation.Again());
    }
}
