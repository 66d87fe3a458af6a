package switchboard.invariants;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import switchboard.invariants.Exchange.Answer;
import switchboard.invariants.History.Event;

/** A run that went well, to be spoilt: two threads, each with answered, repeated, forged, refused and unanswered events. */
record Run(List<Exchange> exchanges, List<History> histories) {

    static Run healthy() {
        var run = new Run(new ArrayList<>(), new ArrayList<>());
        for (var thread : List.of("anna", "bo")) {
            run.converse(thread);
        }
        return run;
    }

    private void converse(String thread) {
        var conversation = "c" + thread;
        var texts = new ArrayList<String[]>();
        for (int i = 0; i < 5; i++) {
            texts.add(new String[] {"m" + i, "Grüße %d 😀".formatted(i)});
            var answer = new Answer(
                    201, "{\"conversation\":\"%s\",\"seq\":%d,\"id\":\"m%d\"}".formatted(conversation, i + 2, i));
            send(thread, "m" + i, texts.get(i)[1], i == 3 ? null : answer);
            send(thread, "m" + i, texts.get(i)[1], i == 3 ? new Answer(503, "") : answer);
        }
        send(thread, "m3", texts.get(3)[1], null);
        send(thread, "m1", "forged", new Answer(422, ""));
        send(thread, "lost", "nobody heard", null);
        send(thread, "bad", "refused", new Answer(413, ""));
        histories.add(stored(conversation, texts));
    }

    private void send(String thread, String id, String text, @org.jspecify.annotations.Nullable Answer answer) {
        exchanges.add(new Exchange(exchanges.size(), thread, "/chat/web", id, text, Optional.ofNullable(answer)));
    }

    /** The history that tells of {@code texts}: pairs of id and text, after the opening. */
    static History stored(String conversation, List<String[]> texts) {
        var raw = new ArrayList<byte[]>();
        var events = new ArrayList<Event>();
        var prev = Chain.genesis("local", conversation);
        for (int i = 0; i <= texts.size(); i++) {
            var at = "2030-01-01T12:00:0%d.000Z".formatted(i);
            var line = "{\"seq\":%d,\"at\":\"%s\",\"prev\":\"%s\",\"data\":{\"sealed\":\"x%d\"}}"
                    .formatted(i + 1, at, prev, i);
            raw.add(line.getBytes(StandardCharsets.UTF_8));
            var hash = Chain.hash(raw.getLast());
            events.add(
                    i == 0
                            ? new Event(1, "conversation.opened", at, prev, hash, "", "", "", "")
                            : new Event(
                                    i + 1,
                                    "message.received",
                                    at,
                                    prev,
                                    hash,
                                    "/chat/web",
                                    texts.get(i - 1)[0],
                                    texts.get(i - 1)[1],
                                    ""));
            prev = hash;
        }
        return new History(conversation, events, raw, prev);
    }
}
