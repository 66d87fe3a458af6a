package switchboard.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import switchboard.agent.Profile.Pool;
import switchboard.conversation.ConversationState.Common;
import switchboard.deciding.Decision.Evidence;
import switchboard.event.ConversationEvent;
import switchboard.handling.Status;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Json;
import switchboard.log.StoredLog;
import switchboard.log.TenantKeys;
import switchboard.plan.Need;
import switchboard.scribe.Identities;
import switchboard.understanding.Understood.Guess;

/**
 * What is on disk stays readable: {@code entries.ndjson}, {@code queue-entries.ndjson}, {@code wrapup-entries.ndjson} and {@code bot-entries.ndjson} hold
 * logs with every type ever written, as it was stored. A line there is never edited; a new type, or a new field of an old one, adds lines to another
 * file.
 */
class EntrySamplesTest {

    private static final String PID = "Conversation|local:csample";
    private static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);
    private static final DataKey KEY = new DataKey(new byte[12], new byte[32]);
    private static final String TIME = "2030-01-01T11:59:59Z";

    record Sample(Entry entry, ConversationEvent event, String opened) {
        @Override
        public String toString() {
            return entry.type() + " " + entry.seq();
        }
    }

    static List<Entry> stored() {
        return Stream.of(
                        "/entries.ndjson",
                        "/queue-entries.ndjson",
                        "/wrapup-entries.ndjson",
                        "/bot-entries.ndjson",
                        "/tier-entries.ndjson")
                .flatMap(file -> StoredLog.read(file).stream())
                .toList();
    }

    private static final List<ConversationEvent> EVENTS = List.of(
            new ConversationEvent.Opened("customer", "whatsapp", 1, "de", ""),
            new ConversationEvent.Received(TIME),
            new ConversationEvent.Assigned("anna", 2, "sue"),
            ConversationEvent.Sent.by("anna"),
            new ConversationEvent.Accepted(4, TIME),
            new ConversationEvent.Delivered(4, TIME),
            new ConversationEvent.Read(4, TIME),
            new ConversationEvent.HoldStarted("anna"),
            new ConversationEvent.HoldEnded("anna"),
            new ConversationEvent.NoteAdded("anna"),
            new ConversationEvent.Released("anna", 2, "reassigned"),
            new ConversationEvent.Assigned("ben", 3, "sue"),
            ConversationEvent.Sent.by("ben"),
            new ConversationEvent.Failed(13, "", "expired"),
            new ConversationEvent.CustomerLeft(TIME),
            new ConversationEvent.WrapUpStarted("customer", "", ""),
            new ConversationEvent.WrapUpCompleted("ben", "solved"),
            new ConversationEvent.Resolved("ben", "solved"),
            new ConversationEvent.Rated(5, TIME),
            new ConversationEvent.ConsentGiven("marketing", TIME),
            new ConversationEvent.ConsentWithdrawn("marketing", TIME),
            new ConversationEvent.Reopened("customer"),
            new ConversationEvent.Received(TIME),
            new ConversationEvent.Erased("adam", List.of(KEY.id())));

    private static final String RESERVATION = "c" + "a".repeat(26) + ".2";

    static final List<ConversationEvent> QUEUES = List.of(
            new ConversationEvent.Escalated("sue", "customer_asked", List.of(new Need("billing", 3)), "high"),
            new ConversationEvent.QueueEntered(
                    "billing",
                    List.of(new Need("billing", 3)),
                    "high",
                    "2030-01-01T12:00:00Z",
                    "PT5M",
                    "PT20S",
                    7,
                    2,
                    "",
                    "",
                    "escalated"),
            new ConversationEvent.ReservationCreated(
                    RESERVATION,
                    "anna",
                    "2030-01-01T12:00:20Z",
                    "billing",
                    List.of(new Need("billing", 3)),
                    Pool.CHAT,
                    34,
                    JsonNodeFactory.instance.objectNode().put("plan", 7)),
            new ConversationEvent.ReservationRejected(RESERVATION, "anna", 3),
            new ConversationEvent.ReservationTimedOut(RESERVATION, "anna", 3),
            new ConversationEvent.ReservationRescinded(RESERVATION, "anna", 3, "customer_left"),
            new ConversationEvent.ReservationAccepted(RESERVATION, "anna"),
            new ConversationEvent.QueueLeft("billing", 2, "accepted"),
            new ConversationEvent.TransferRequested("anna", "cold", "", "general"),
            new ConversationEvent.QueueEntered(
                    "general", List.of(), "", "2030-01-01T12:00:00Z", "", "", 0, 4, "", "", "transferred"),
            new ConversationEvent.TransferCompleted("anna", "cold", "", "general"),
            new ConversationEvent.Abandoned("customer"));

    private static final List<ConversationEvent> WRAP_UPS = List.of(
            new ConversationEvent.WrapUpStarted("anna", "refunded", "2030-01-01T12:02:00Z"),
            new ConversationEvent.WrapUpCompleted("system", "timed_out"));

    private static final Map<String, String> BY =
            new TreeMap<>(Map.of("bot", "5d41", "knowledge", "3", "policy", "1", "grammar", "2"));

    static final List<ConversationEvent> BOT = List.of(
            new ConversationEvent.BotDecided(
                    2,
                    2,
                    1,
                    "en",
                    "track-parcel",
                    0.875,
                    List.of(new Guess("track-parcel", 0.875), new Guess("order-status", 0)),
                    "answer",
                    "",
                    List.of(),
                    List.of("track-parcel-en", "https://shop.example/track"),
                    BY,
                    false),
            new ConversationEvent.Sent("bot", BY, List.of("track-parcel-en", "https://shop.example/track"), 0.875),
            new ConversationEvent.BotDecided(
                    2,
                    5,
                    1,
                    "de",
                    "none",
                    0,
                    List.of(),
                    "hand_over",
                    "requested",
                    List.of(new Evidence("requested", 1, List.of("person.want", "mensch"))),
                    List.of(),
                    BY,
                    true));

    private static final List<String> OPENED = List.of(
            """
            {"thread":"491701234","customer":{"id":"491701234","name":"Jürgen","language":"de"}}""",
            """
            {"source":"/whatsapp/49170","id":"m1","text":"Grüß Gott 👋","customer":{"id":"491701234","name":"Jürgen","language":"de"},"attachments":[{"url":"https://media.example/1","mediaType":"image/png","size":5,"name":"a.png"}],"ref":"r"}""",
            "",
            """
            {"text":"Hello"}""",
            """
            {"source":"/whatsapp/49170","id":"a","providerId":"wamid.1"}""",
            """
            {"source":"/whatsapp/49170","id":"d"}""",
            """
            {"source":"/whatsapp/49170","id":"r"}""",
            "",
            "",
            """
            {"text":"calls often"}""",
            "",
            "",
            """
            {"text":"Hello?"}""",
            "",
            """
            {"source":"/whatsapp/49170","id":"l"}""",
            "",
            "",
            "",
            """
            {"source":"/whatsapp/49170","id":"c","comment":"fine"}""",
            """
            {"source":"/whatsapp/49170","id":"g"}""",
            """
            {"source":"/whatsapp/49170","id":"w"}""",
            "",
            """
            {"source":"/whatsapp/49170","id":"m2","text":"One more"}""",
            "");

    static Stream<Sample> samples() {
        var stored = StoredLog.read("/entries.ndjson");
        var queues = StoredLog.read("/queue-entries.ndjson");
        var wrapUps = StoredLog.read("/wrapup-entries.ndjson");
        var bot = StoredLog.read("/bot-entries.ndjson");
        var tier = StoredLog.read("/tier-entries.ndjson").getFirst();
        return Stream.of(
                        Stream.of(new Sample(
                                tier, new ConversationEvent.Opened("customer", "whatsapp", 1, "de", "gold"), "")),
                        IntStream.range(0, EVENTS.size())
                                .mapToObj(i -> new Sample(stored.get(i), EVENTS.get(i), OPENED.get(i))),
                        IntStream.range(0, QUEUES.size()).mapToObj(i -> new Sample(queues.get(i), QUEUES.get(i), "")),
                        IntStream.range(0, WRAP_UPS.size())
                                .mapToObj(i -> new Sample(wrapUps.get(i), WRAP_UPS.get(i), "")),
                        IntStream.range(0, BOT.size())
                                .mapToObj(i -> new Sample(
                                        bot.get(i),
                                        BOT.get(i),
                                        BOT.get(i) instanceof ConversationEvent.Sent
                                                ? "{\"text\":\"It left us on Monday.\"}"
                                                : "")))
                .flatMap(s -> s);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void an_entry_is_read_as_ever(Sample sample) {
        var entry = sample.entry();

        assertThat(entry.type()).isEqualTo(ConversationEvent.type(sample.event()));
        assertThat(ConversationEvent.of(entry)).isEqualTo(sample.event());
        assertThat(entry.genuine(KEYS)).isTrue();
        var sealed = entry.data(Common.class).sealed();
        assertThat(StoredLog.opened(KEY, sealed, PID, entry.seq())).isEqualTo(sample.opened());
    }

    @Test
    void an_entry_that_was_appended_again_is_read_as_ever() {
        var entry = stored().get(EVENTS.size());

        var event = (ConversationEvent.Recovered) ConversationEvent.of(entry);

        assertThat(event.of()).isEqualTo(23);
        assertThat(event.type()).isEqualTo("message.received");
        assertThat(event.original().path("time").asText()).isEqualTo(TIME);
    }

    @Test
    void an_order_that_found_it_so_is_read_as_ever() {
        var entry = stored().get(EVENTS.size() + 1);

        assertThat(ConversationEvent.of(entry)).isEqualTo(new ConversationEvent.OrderSatisfied("sue", "assign"));
        assertThat(entry.genuine(KEYS)).isTrue();
    }

    @Test
    void every_type_has_a_sample() {
        var names = stored().stream()
                .<Class<?>>map(e -> ConversationEvent.of(e).getClass())
                .distinct();

        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        StoredLog.kinds(ConversationEvent.class).toList());
    }

    @Test
    void the_stored_log_is_one_chain_and_folds_to_where_it_stood() {
        var standing = StoredLog.standing(PID, StoredLog.read("/entries.ndjson"));

        var state = ConversationState.empty();
        for (var entry : standing) {
            state = state.apply(entry);
        }

        assertThat(standing).hasSize(EVENTS.size() + 2);
        assertThat(state.status()).isEqualTo(new Status.WithBot());
        assertThat(state.messages()).isEqualTo(5);
        assertThat(state.epoch()).isEqualTo(4);
        assertThat(state.key()).isEmpty();
        assertThat(state.erased()).containsExactly(KEY.id());
        assertThat(state.at()).isEqualTo(Instant.parse("2030-01-01T12:00:00Z"));
        assertThat(state.identities().find(Identities.Once.parse("A".repeat(43))))
                .isEqualTo(2);
    }

    @Test
    void an_entry_is_written_as_ever() throws IOException {
        var today = new switchboard.log.Pen(KEYS, 1_000_000_001)
                .write(
                        Head.after(stored().get(10)),
                        "agent.assigned",
                        Instant.parse("2030-01-01T12:00:00Z"),
                        1,
                        Json.MAPPER.readValue("{\"agent\":\"ben\",\"epoch\":3,\"by\":\"sue\"}", JsonNode.class));

        assertThat(new String(today.bytes(), UTF_8))
                .isEqualTo(new String(stored().get(11).bytes(), UTF_8));
    }
}
