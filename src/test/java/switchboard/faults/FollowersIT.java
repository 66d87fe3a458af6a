package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.contract.JudgedClient;
import switchboard.invariants.Findings;
import switchboard.invariants.Json;
import switchboard.invariants.Segment;
import switchboard.invariants.Streaming;
import switchboard.program.Program;
import switchboard.program.Progress;
import switchboard.senders.Posting;
import switchboard.witness.Auditor;
import switchboard.witness.Caller;
import switchboard.witness.Follower;
import switchboard.witness.Message;

/** I7 on real connections: whoever resumes after his last number misses nothing and sees nothing twice. */
class FollowersIT {

    private static final List<String> CREDENTIALS = List.of("supervisor.local-only", "auditor.local-only");

    @TempDir
    private Path data;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Future<Void>> sittings = new ArrayList<>();
    private volatile Program program;
    private final Caller caller = JudgedClient.caller(() -> program.address());
    private final Auditor auditor = new Auditor(caller);

    /** One who began after the number {@code from}, and what each of his connections showed once it has ended. */
    private record Reader(Follower follower, long from, List<Segment> segments) {}

    @BeforeEach
    void start() {
        program = Program.start(data);
    }

    @AfterEach
    void stop() {
        program.close();
        readers.forEach(it -> it.follower().close());
        threads.close();
    }

    @Test
    void thirty_readers_follow_through_a_stop_and_a_kill_while_a_gateway_posts() throws Exception {
        var conversations = conversations(10);
        for (int i = 0; i < 30; i++) {
            follow(conversations.get(i % 10), i % 3);
        }
        allSee(conversations);
        try (var gateway = new Posting(caller, 10)) {
            gateway.await(100);
            stopped();
            gateway.await(100);
            killed();
            gateway.await(100);
            gateway.finish();
        }

        allSee(conversations);

        assertThat(judged()).isEmpty();
        assertThat(readers).allMatch(it -> it.segments().size() >= 3);
    }

    @Tag("full")
    @Test
    void fifty_readers_follow_through_two_kills_while_a_gateway_posts() throws Exception {
        var conversations = conversations(10);
        for (int i = 0; i < 50; i++) {
            follow(conversations.get(i % 10), i % 3);
        }
        allSee(conversations);
        try (var gateway = new Posting(caller, 10)) {
            gateway.await(100);
            for (int kill = 0; kill < 2; kill++) {
                killed();
                gateway.await(100);
            }
            gateway.finish();
        }

        allSee(conversations);

        assertThat(judged()).isEmpty();
        assertThat(readers).allMatch(it -> it.segments().size() >= 3);
    }

    @Tag("full")
    @Test
    void five_hundred_streams_are_resumed_at_once_after_a_stop_and_after_a_kill() throws Exception {
        var conversations = conversations(50);
        for (int i = 0; i < 500; i++) {
            follow(conversations.get(i % 50), 0);
        }
        allSee(conversations);

        stopped();
        postEach(50, "after the stop");
        allSee(conversations);
        killed();
        postEach(50, "after the kill");
        allSee(conversations);

        assertThat(judged()).isEmpty();
        assertThat(readers).allMatch(it -> it.segments().size() >= 3);
    }

    private void stopped() {
        program.terminate();
        program.close();
        program = Program.start(data);
    }

    private void killed() {
        program.kill();
        program = Program.start(data);
    }

    /** New ones, each with three messages. */
    private List<String> conversations(int count) throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            post(i, "first-0");
            post(i, "first-1");
            ids.add(Json.read(post(i, "first-2")).path("conversation").asText());
        }
        return ids;
    }

    private void postEach(int count, String id) throws Exception {
        for (int i = 0; i < count; i++) {
            post(i, id);
        }
    }

    private String post(int visitor, String id) throws Exception {
        return Posting.untilTaken(caller, new Message("visitor-" + visitor, "/chat/web", id, "Nachricht " + id));
    }

    private void follow(String conversation, long from) {
        var who = CREDENTIALS.get(readers.size() % CREDENTIALS.size());
        var segments = new ArrayList<Segment>();
        var follower = new Follower(caller, who, conversation, from, 0, segments::add);
        readers.add(new Reader(follower, from, segments));
        sittings.add(threads.submit(follower));
    }

    /** Returns when each has seen all that there is. */
    private void allSee(List<String> conversations) throws Exception {
        Map<String, Long> heads = new HashMap<>();
        for (var conversation : conversations) {
            heads.put(conversation, auditor.head(conversation));
        }
        assertThat(heads.values()).allMatch(head -> head > 0);
        SwitchboardProcess.await(
                "all readers",
                () -> readers.stream()
                        .map(Reader::follower)
                        .allMatch(f -> f.last() >= heads.getOrDefault(f.conversation(), Long.MAX_VALUE)));
        Progress.say(readers.size() + " readers have seen all of " + heads.size() + " conversations");
    }

    /** What is wrong, once all have left. */
    private List<?> judged() throws Exception {
        readers.forEach(it -> it.follower().close());
        for (var sitting : sittings) {
            sitting.get();
        }
        Map<String, List<String>> histories = new HashMap<>();
        var findings = Findings.NONE;
        for (var reader : readers) {
            var id = reader.follower().conversation();
            if (!histories.containsKey(id)) {
                histories.put(id, auditor.lines(id));
            }
            findings = findings.and(Streaming.findings(id, reader.from(), reader.segments(), histories.get(id)));
        }
        Progress.say("I7 held against " + findings.checked());
        return findings.violations();
    }
}
