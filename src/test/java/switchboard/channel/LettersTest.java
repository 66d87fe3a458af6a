package switchboard.channel;

import static java.util.concurrent.CompletableFuture.completedStage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import switchboard.channel.Outbound.Letter;
import switchboard.conversation.Conversation;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Hash;
import switchboard.log.Head;
import switchboard.log.Keyring;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;
import switchboard.wire.Personal;

class LettersTest implements Keyring {

    private static final ActorTestKit actors = ActorTestKit.create();
    private static final String C = "c" + "a".repeat(26);
    private static final String PID = Conversation.persistenceId("acme", C);
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final TenantKeys KEYS = new TenantKeys(new byte[32], new byte[32]);

    private final Map<String, DataKey> keys = new HashMap<>();
    private final DataKey key = key(1);
    private final Traffic traffic = new Traffic();
    private boolean damaged;
    private Optional<WaitingRows.Row> row =
            Optional.of(new WaitingRows.Row(7, sealed(1, "{\"thread\":\"49170\",\"customer\":{\"name\":\"Bo\"}}"), 1));
    private Source<Entry, ?> entries = Source.single(sent("ana", sealed(7, "{\"text\":\"Hello\\n\\\"Bo\\\"\"}")));
    private final Letters letters = new Letters(
            (tenant, channel, conversation) -> completedStage(
                    row.filter(_ -> tenant.equals("acme") && channel.equals("web") && conversation.equals(C))),
            (pid, after, until) -> {
                assertThat(pid + after + until).isEqualTo(PID + 6 + 7);
                return entries.mapMaterializedValue(_ -> org.apache.pekko.NotUsed.getInstance());
            },
            this,
            Materializer.createMaterializer(actors.system()),
            traffic);

    @AfterAll
    static void stop() {
        actors.shutdownTestKit();
    }

    @Test
    void a_message_is_opened_with_its_recipient() {
        var letter = open(7).orElseThrow();

        assertThat(letter)
                .isEqualTo(
                        new Letter(C, 7, "web", new Personal("49170"), new Personal("Hello\n\"Bo\""), NOON, "agent"));
        assertThat(letter.id()).isEqualTo(C + ".7");
    }

    @ParameterizedTest
    @CsvSource({"ana,agent", "bot,bot", "system,system"})
    void which_agent_wrote_it_stays_in_the_house(String stored, String shown) {
        entries = Source.single(sent(stored, sealed(7, "{\"text\":\"a\"}")));

        assertThat(open(7).orElseThrow().author()).isEqualTo(shown);
    }

    @Test
    void what_was_appended_again_is_opened_with_the_number_that_it_first_had() {
        var original = Map.of("once", "x", "author", "ana", "sealed", sealed(5, "{\"text\":\"late\"}"));
        entries =
                Source.single(entry("entry.recovered", Map.of("of", 5, "type", "message.sent", "original", original)));

        assertThat(open(7).orElseThrow().text()).isEqualTo(new Personal("late"));
    }

    @Test
    void what_waits_no_more_is_not_sent_and_not_read() {
        entries = Source.failed(new AssertionError("nobody should have read"));

        assertThat(open(6)).isEmpty();
        row = Optional.empty();
        assertThat(open(7)).isEmpty();
        assertThat(traffic.unsendable()).isZero();
    }

    @Test
    void what_is_erased_is_not_sent_and_counted() {
        keys.clear();

        assertThat(open(7)).isEmpty();
        assertThat(traffic.unsendable()).isOne();
    }

    @Test
    void what_is_damaged_or_gone_is_not_sent_and_counted() {
        entries = Source.single(sent("ana", sealed(8, "{\"text\":\"another number's\"}")));
        assertThat(open(7)).isEmpty();
        entries = Source.single(Entry.of("rubbish".getBytes(StandardCharsets.UTF_8)));
        assertThat(open(7)).isEmpty();
        entries = Source.empty();
        assertThat(open(7)).isEmpty();

        entries = Source.single(sent("ana", "short"));
        assertThat(open(7)).isEmpty();
        entries = Source.single(entry("message.received", Map.of("sealed", sealed(7, "{\"text\":\"a customer's\"}"))));
        assertThat(open(7)).isEmpty();

        assertThat(traffic.unsendable()).isEqualTo(5);
    }

    @Test
    void a_key_that_somebody_damaged_keeps_no_other_message_back() {
        damaged = true;

        assertThat(open(7)).isEmpty();
        assertThat(traffic.unsendable()).isOne();
    }

    @Test
    void a_database_that_is_away_fails_it() {
        entries = Source.failed(new IllegalStateException("away"));

        assertThatThrownBy(() -> open(7)).hasRootCauseMessage("away");
    }

    private Optional<Letter> open(long seq) {
        return letters.open("acme", "web", C, seq).toCompletableFuture().join();
    }

    private Entry sent(String author, String sealed) {
        return entry("message.sent", Map.of("author", author, "sealed", sealed));
    }

    private static Entry entry(String type, Map<String, Object> data) {
        return new Pen(KEYS, 1).write(new Head(6, Hash.parse("a".repeat(64))), type, NOON, 1, data);
    }

    private String sealed(long seq, String json) {
        return key.seal(json.getBytes(StandardCharsets.UTF_8), PID, seq);
    }

    private DataKey key(int number) {
        var id = new byte[12];
        id[0] = (byte) number;
        var made = new DataKey(id, new byte[32]);
        keys.put(made.id(), made);
        return made;
    }

    @Override
    public TenantKeys tenant(String tenant) {
        return KEYS;
    }

    @Override
    public Optional<DataKey> next(String tenant) {
        return Optional.empty();
    }

    @Override
    public CompletionStage<Optional<DataKey>> load(String tenant, String id) {
        return damaged
                ? CompletableFuture.failedFuture(new DataKey.Damaged(tenant, id))
                : CompletableFuture.completedFuture(Optional.ofNullable(keys.get(id)));
    }

    @Override
    public CompletionStage<Done> erase(String tenant, String id) {
        return CompletableFuture.completedFuture(Done.getInstance());
    }
}
