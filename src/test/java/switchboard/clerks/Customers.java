package switchboard.clerks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import switchboard.load.Reply;
import switchboard.load.Sent;
import switchboard.witness.Credentials;

/** What customers write, by way of a gateway. */
public final class Customers {

    /** With a gateway's source and what it calls a message. */
    static final String SOURCE = Sent.SOURCE;

    /** Where it takes few of an agent's units. */
    private static final String MAIL = "/email/bench";

    private static final String ID = "m-1";
    private static final int AT_A_TIME = 16;
    private static final Pattern CONVERSATION = Pattern.compile("\"conversation\":\"(c[a-z2-7]{26})\"");

    /** A customer's conversation, begun. */
    public record Begun(String conversation, Sent sent) {}

    /** So many mails by as many customers, whose names begin with {@code name}. */
    public static List<Begun> begin(URI address, String name, int count) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, AT_A_TIME)
                    .mapToObj(lane -> threads.submit((Callable<List<Begun>>) () -> begin(address, name, count, lane)))
                    .toList();
            var begun = new ArrayList<Begun>();
            for (var one : running) {
                begun.addAll(one.get());
            }
            return begun;
        }
    }

    private static List<Begun> begin(URI address, String name, int count, int lane) throws IOException {
        var begun = new ArrayList<Begun>();
        try (var gateway = new Connection(address, Credentials.LOCAL.gateway())) {
            for (int i = lane; i < count; i += AT_A_TIME) {
                var customer = name + "-" + i;
                var answer = gateway.event(said(MAIL, ID, customer, "Guten Tag, meine Rechnung stimmt nicht."))
                        .taken();
                begun.add(new Begun(conversation(answer), new Sent(MAIL, customer, List.of(ID))));
            }
        }
        return begun;
    }

    static String said(String source, String id, String customer, String text) {
        var escaped = text.replace("\\", "\\\\").replace("\"", "\\\"");
        return """
                {"specversion":"1.0","type":"message.received","source":"%s","id":"%s","subject":"%s","data":{"text":"%s"}}""".formatted(source, id, customer, escaped);
    }

    /** Where an acknowledged event went. */
    static String conversation(Reply answer) {
        var found = CONVERSATION.matcher(answer.body());
        if (!found.find()) {
            throw new IllegalStateException("no conversation in " + answer.body());
        }
        return found.group(1);
    }

    /** What the customers of the program's own dialogues say, dialogue by dialogue. */
    static List<List<String>> scripts() {
        return Stream.of("/dialogues/de.txt", "/dialogues/en.txt")
                .flatMap(Customers::dialogues)
                .map(dialogue -> dialogue.lines()
                        .filter(line -> line.startsWith("C "))
                        .map(line -> line.substring(2))
                        .toList())
                .filter(script -> !script.isEmpty())
                .toList();
    }

    private static Stream<String> dialogues(String resource) {
        try (var in = Objects.requireNonNull(Customers.class.getResourceAsStream(resource), resource)) {
            return Pattern.compile("\n\n+").splitAsStream(new String(in.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Customers() {}
}
