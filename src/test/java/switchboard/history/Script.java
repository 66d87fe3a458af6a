package switchboard.history;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Source;
import switchboard.conversation.Conversation.Command;
import switchboard.conversation.Conversation.Following;
import switchboard.conversation.Conversation.View;
import switchboard.journal.Journal.Row;
import switchboard.log.DataKey;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Pen;
import switchboard.log.TenantKeys;
import switchboard.scribe.Told;

/** A conversation that does what a test says, with an actor that lives and dies, and a journal that is as slow as told. */
public final class Script implements Live.Followed {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Pen PEN = new Pen(new TenantKeys(new byte[32], new byte[32]), 1);

    /** One who asks to follow and is not answered yet. */
    public record Asked(ActorRef<Told> reader, CompletableFuture<Following> answer) {}

    /** Those that were asked while {@link #hold} was on. */
    final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    private final ActorTestKit actors;
    private final String persistenceId;
    private final List<Row> log = Collections.synchronizedList(new ArrayList<>());
    private final Set<ActorRef<Told>> readers = java.util.concurrent.ConcurrentHashMap.newKeySet();
    private volatile ActorRef<Command> by;
    private volatile boolean hold;
    private volatile Optional<Following> always = Optional.empty();
    private final int episode;
    private int asks;
    private volatile UnaryOperator<Source<Row, NotUsed>> journal = rows -> rows;
    private Head head;

    public Script(ActorTestKit actors) {
        this(actors, "it");
    }

    /** With a log of that name. */
    public Script(ActorTestKit actors, String persistenceId) {
        this.actors = actors;
        this.persistenceId = persistenceId;
        this.head = Head.of(persistenceId);
        this.episode = persistenceId.startsWith("Agent|") ? 0 : 1;
        this.by = actor();
    }

    /** So many entries are there when the test begins. */
    public Script with(int entries) {
        for (int i = 0; i < entries; i++) {
            quietly();
        }
        return this;
    }

    private ActorRef<Command> actor() {
        return actors.spawn(Behaviors.<Command>receive((_, _) -> Behaviors.stopped()));
    }

    /** From now on the journal is read through that. */
    public void journal(UnaryOperator<Source<Row, NotUsed>> journal) {
        this.journal = journal;
    }

    /** The number of the last entry. */
    public synchronized long head() {
        return head.seq();
    }

    /** The content of the entry that is written next: that text. */
    public Map<String, String> sealed(DataKey key, String text) {
        var content = ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        return Map.of("sealed", key.seal(content, persistenceId, head() + 1));
    }

    /** Whether asking is answered by the test only. */
    public void hold(boolean hold) {
        this.hold = hold;
    }

    /** Whoever asks is answered so. */
    public void answers(Following always) {
        this.always = Optional.of(always);
    }

    synchronized int asks() {
        return asks;
    }

    public Asked nextAsked() throws InterruptedException {
        var next = asked.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nobody asked");
        }
        return next;
    }

    /** Writes one entry and tells all who follow. */
    public Entry write() {
        return write("note.added", Map.of("author", "ana"));
    }

    /** Writes one entry that says so and tells all who follow. */
    public Entry write(String type, Map<String, ?> data) {
        var entry = quietly(type, data);
        tell(entry);
        return entry;
    }

    /** Writes one entry and tells nobody: the message is lost. */
    public Entry quietly() {
        return quietly("note.added", Map.of("author", "ana"));
    }

    private synchronized Entry quietly(String type, Map<String, ?> data) {
        var entry = PEN.write(head, type, NOON, episode, data);
        head = Head.after(entry);
        log.add(new Row(entry.seq(), entry));
        return entry;
    }

    public void tell(Entry... entries) {
        var told = new Told(List.of(entries).stream().map(Entry::bytes).toList());
        List.copyOf(readers).forEach(reader -> reader.tell(told));
    }

    /** Takes that number's row out of the journal. */
    public void damage(long number) {
        log.removeIf(row -> row.number() == number);
    }

    public Entry entry(long number) {
        synchronized (log) {
            return log.stream()
                    .filter(r -> r.number() == number)
                    .findFirst()
                    .orElseThrow()
                    .entry();
        }
    }

    /** The actor ends, having written so many entries that nobody is told of, and another takes its place. */
    public void die(int untold) {
        readers.clear();
        with(untold);
        var dead = by;
        by = actor();
        actors.stop(dead);
    }

    /** Followers are forgotten and the actor lives on. */
    public void forget() {
        readers.clear();
    }

    public boolean isFollowed() {
        return !readers.isEmpty();
    }

    public synchronized Following following(ActorRef<Told> reader) {
        readers.add(reader);
        return new Following(view(head.seq()), by);
    }

    private static View view(long seq) {
        return new View("c", seq, "web", "assigned", 1, "ana", "", "", 1, "", 1, NOON, NOON, "", 0);
    }

    @Override
    public synchronized CompletionStage<Live.At> follow(ActorRef<Told> reader) {
        asks++;
        var answer = new CompletableFuture<Following>();
        if (hold) {
            asked.add(new Asked(reader, answer));
        } else {
            answer.complete(always.orElseGet(() -> following(reader)));
        }
        return answer.thenApply(it -> new Live.At(it.view().seq(), it.by()));
    }

    @Override
    public Source<Row, NotUsed> read(long after, long until) {
        List<Row> rows;
        synchronized (log) {
            rows = log.stream()
                    .filter(r -> r.number() > after && r.number() <= until)
                    .toList();
        }
        return journal.apply(Source.from(rows));
    }

    /** Lets the journal's rows through once that is done. */
    static UnaryOperator<Source<Row, NotUsed>> once(CompletionStage<Done> opened) {
        return rows -> Source.completionStage(opened).flatMapConcat(_ -> rows);
    }
}
