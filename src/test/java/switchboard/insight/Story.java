package switchboard.insight;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import switchboard.conversation.Conversation;
import switchboard.conversation.Conversation.Facts;
import switchboard.conversation.Replay;
import switchboard.event.Topic;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;

/** A conversation's log as it would be written, and what followers are told of it after each entry. */
final class Story {

    static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    final String tenant;
    final String id;
    final List<Entry> entries = new ArrayList<>();
    final List<Facts> told = new ArrayList<>();
    private final String pid;
    private final TestKeys keys;
    private final Pen pen = new Pen(TestKeys.TENANT, 1);
    private final Replay replay;
    private Head head;
    private Instant now;
    private int episode;
    private int epoch;
    private String agent = "";
    private DataKey key = DataKey.random();

    /** Of the {@code number}th conversation, which begins at {@code at}. */
    Story(TestKeys keys, String tenant, int number, Instant at) {
        this.keys = keys;
        this.tenant = tenant;
        this.id = id(number);
        this.pid = Conversation.persistenceId(tenant, id);
        this.replay = new Replay(tenant, id);
        this.head = Head.of(pid);
        this.now = at;
    }

    static String id(int number) {
        var text = new StringBuilder(Integer.toString(number, 26));
        for (int i = 0; i < text.length(); i++) {
            text.setCharAt(i, (char) ('a' + Character.digit(text.charAt(i), 26)));
        }
        return "c" + "a".repeat(26 - text.length()) + text;
    }

    /** Later than the entry before. */
    Story after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Story opened(String thread, String customer) {
        episode++;
        epoch++;
        key = keys.next(tenant).orElseThrow();
        var secret = "{\"thread\":\"%s\",\"customer\":{\"id\":\"%s\",\"name\":\"Bo\"}}".formatted(thread, customer);
        return add("conversation.opened", data -> {
            data.putAll(Map.of("by", "customer", "channel", "web", "rule", 1, "language", "de"));
            data.put(
                    "key", Map.of("id", key.id(), "commitment", key.commitment().toString()));
            data.put("sealed", key.seal(secret.getBytes(StandardCharsets.UTF_8), pid, head.seq() + 1));
        });
    }

    Story reopened() {
        epoch++;
        return add("conversation.reopened", data -> data.put("by", "customer"));
    }

    Story received() {
        return add("message.received", data -> data.put("time", ""));
    }

    Story sent() {
        return add("message.sent", data -> data.put("author", agent));
    }

    Story assigned(String to) {
        agent = to;
        epoch++;
        return add("agent.assigned", data -> data.putAll(Map.of("agent", to, "epoch", epoch, "by", "sue")));
    }

    Story held() {
        return add("hold.started", data -> data.put("by", agent));
    }

    Story resolved(String code) {
        return add("conversation.resolved", data -> data.putAll(Map.of("by", agent, "code", code)));
    }

    Story rated(int score) {
        return add("csat.received", data -> data.putAll(Map.of("score", score, "time", "")));
    }

    /** Written, and the key deleted. */
    Story erased() {
        keys.erase(tenant, key.id());
        return add("content.erased", data -> data.putAll(Map.of("by", "sue", "keys", List.of(key.id()))));
    }

    /** What followers of its standing are told now. */
    Facts facts() {
        return told.getLast();
    }

    private Story add(String type, Consumer<Map<String, Object>> fill) {
        var data = new HashMap<String, Object>();
        fill.accept(data);
        var entry = pen.write(head, type, now, episode, data);
        entries.add(entry);
        told.add(replay.add(entry).facts(Topic.STANDING));
        head = Head.after(entry);
        return this;
    }
}
