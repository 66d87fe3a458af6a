package switchboard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import switchboard.channel.Partition;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Json;
import switchboard.invariants.Outgoing.Said;
import switchboard.program.Program;

/** What gateways see of the outbound stream, bad moments among it, on the whole program. Each test has its own channel's customers. */
class OutboundIT {

    private static final String ALL = "0-15";

    @TempDir
    static Path folder;

    private static Program program;

    @BeforeAll
    static void start() {
        program = Program.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static Desk desk(TestInfo test) {
        return new Desk(
                JudgedClient.caller(program::address),
                test.getTestMethod().orElseThrow().getName());
    }

    @Test
    void a_message_is_sent_with_its_recipient_and_its_acceptance_releases_the_next(TestInfo test) throws Exception {
        var desk = desk(test);
        var conversation = desk.customer("ana");
        var first = desk.says(conversation, "1", "first\nline 😀");
        var second = desk.says(conversation, "2", "second");

        try (var gateway = connect(ALL)) {
            var said = message(gateway, conversation);
            assertThat(said.id()).isEqualTo(first);
            assertThat(said.thread()).startsWith("ana-");
            assertThat(said.text()).isEqualTo("first\nline 😀");
            assertThat(report("message.accepted", said)).isEqualTo(201);

            assertThat(message(gateway, conversation).id()).isEqualTo(second);
        }
    }

    @Test
    void of_two_gateways_the_newer_gets_all_and_the_older_is_told_and_ends(TestInfo test) throws Exception {
        var desk = desk(test);
        var conversation = desk.customer("ana");
        var first = desk.says(conversation, "1", "first");

        try (var older = connect(ALL)) {
            assertThat(message(older, conversation).id()).isEqualTo(first);
            try (var newer = connect(ALL)) {
                var again = message(newer, conversation);
                assertThat(again.id()).isEqualTo(first);
                assertThat(taken(older)).hasSize(Partition.COUNT);
                report("message.accepted", again);
                var second = desk.says(conversation, "2", "second");

                assertThat(message(newer, conversation).id()).isEqualTo(second);
                assertThat(older.next()).isEmpty();
            }
        }
    }

    @Test
    void a_gateway_goes_on_with_the_partitions_that_it_still_has(TestInfo test) throws Exception {
        var desk = desk(test);
        var mine = customerIn(desk, true);
        var theirs = customerIn(desk, false);

        try (var older = connect(ALL);
                var newer = connect("0-7")) {
            var lost = new TreeSet<Integer>();
            while (lost.size() < 8) {
                lost.addAll(partitions(older.next().orElseThrow()));
            }
            assertThat(lost).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
            var upper = desk.says(mine, "1", "to the older");
            var lower = desk.says(theirs, "1", "to the newer");

            assertThat(message(older, mine).id()).isEqualTo(upper);
            assertThat(message(newer, theirs).id()).isEqualTo(lower);
        }
    }

    @Test
    void a_gateway_that_never_accepts_one_gets_the_others(TestInfo test) throws Exception {
        var desk = desk(test);
        var ignored = desk.customer("ana");
        var other = desk.customer("bo");

        var stuck = "";
        try (var gateway = connect(ALL)) {
            stuck = desk.says(ignored, "1", "nobody accepts this");
            desk.says(ignored, "2", "so nobody sees this");
            assertThat(message(gateway, ignored).id()).isEqualTo(stuck);
            for (int i = 0; i < 5; i++) {
                var id = desk.says(other, "" + i, "message " + i);
                var said = message(gateway, other);
                assertThat(said.id()).isEqualTo(id);
                report("message.accepted", said);
            }
        }
        try (var gateway = connect(ALL)) {
            assertThat(message(gateway, ignored).id()).isEqualTo(stuck);
        }
    }

    @Test
    void a_message_that_is_accepted_before_it_was_sent_is_not_sent_and_releases_nothing(TestInfo test)
            throws Exception {
        var desk = desk(test);
        var conversation = desk.customer("ana");

        try (var gateway = connect(ALL)) {
            desk.says(conversation, "1", "first");
            var second = desk.says(conversation, "2", "second");
            var first = message(gateway, conversation);
            var early = new Said(second, conversation, 0, first.thread(), "");
            assertThat(report("message.accepted", early)).isEqualTo(201);
            var third = desk.says(conversation, "3", "third");

            assertThat(report("message.accepted", first)).isEqualTo(201);

            assertThat(message(gateway, conversation).id()).isEqualTo(third);
        }
    }

    @Test
    void reports_are_merged_whatever_their_order_and_none_takes_a_message_back(TestInfo test) throws Exception {
        var desk = desk(test);
        var conversation = desk.customer("ana");

        try (var gateway = connect(ALL)) {
            desk.says(conversation, "1", "first");
            var first = message(gateway, conversation);
            assertThat(report("message.delivered", first)).isEqualTo(201);
            var second = desk.says(conversation, "2", "second");
            assertThat(message(gateway, conversation).id()).isEqualTo(second);

            for (var late : List.of("message.accepted", "message.failed", "message.read", "message.delivered")) {
                assertThat(report(late, first)).isEqualTo(201);
            }
        }
        try (var gateway = connect(ALL)) {
            var said = message(gateway, conversation);
            assertThat(said.text()).isEqualTo("second");
            report("message.accepted", said);
        }
        var types = desk.history(conversation).stream()
                .map(line -> Json.read(line).path("type").asText())
                .filter(type -> type.startsWith("message.") && !type.equals("message.received"))
                .toList();
        assertThat(types)
                .containsExactly(
                        "message.sent",
                        "message.delivered",
                        "message.sent",
                        "message.accepted",
                        "message.failed",
                        "message.read",
                        "message.accepted");
    }

    @Test
    void a_message_that_the_provider_did_not_take_releases_the_next(TestInfo test) throws Exception {
        var desk = desk(test);
        var conversation = desk.customer("ana");

        try (var gateway = connect(ALL)) {
            desk.says(conversation, "1", "first");
            assertThat(report("message.failed", message(gateway, conversation))).isEqualTo(201);
            var second = desk.says(conversation, "2", "second");

            assertThat(message(gateway, conversation).id()).isEqualTo(second);
        }
    }

    @Test
    void a_report_on_what_was_never_said_is_refused(TestInfo test) throws Exception {
        var desk = desk(test);
        var conversation = desk.customer("ana");
        desk.says(conversation, "1", "first");

        try (var gateway = connect(ALL)) {
            var said = message(gateway, conversation);
            var never = new Said(conversation + ".999", conversation, 999, said.thread(), "");

            assertThat(report("message.accepted", never)).isEqualTo(422);
        }
    }

    private static Line connect(String partitions) throws Exception {
        return Line.connect(program.address(), Desk.CHANNEL, partitions);
    }

    /** The next message of that conversation; earlier tests have left others. */
    private static Said message(Line gateway, String conversation) {
        var said = gateway.message().orElseThrow();
        while (!said.conversation().equals(conversation)) {
            said = gateway.message().orElseThrow();
        }
        return said;
    }

    private static Set<Integer> taken(Line gateway) {
        var all = new TreeSet<Integer>();
        for (var event = gateway.next(); event.isPresent(); event = gateway.next()) {
            all.addAll(partitions(event.get()));
        }
        return all;
    }

    private static Set<Integer> partitions(Line.Event event) {
        var partitions = new TreeSet<Integer>();
        if (event.name().equals("taken")) {
            Json.read(event.data()).path("partitions").forEach(index -> partitions.add(index.asInt()));
        }
        return partitions;
    }

    private static int report(String type, Said said) throws Exception {
        return Line.report(program.address(), Desk.CHANNEL, type, said, type + said.id())
                .statusCode();
    }

    private static String customerIn(Desk desk, boolean upper) throws Exception {
        for (int i = 0; ; i++) {
            var conversation = desk.customer((upper ? "upper-" : "lower-") + i);
            if (Partition.of(conversation) >= 8 == upper) {
                return conversation;
            }
        }
    }
}
