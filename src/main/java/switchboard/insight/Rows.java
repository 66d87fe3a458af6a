package switchboard.insight;

import static java.util.concurrent.CompletableFuture.completedStage;
import static java.util.stream.Collectors.toSet;

import com.datastax.oss.driver.api.core.CqlSession;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import switchboard.conversation.Conversation.Facts;
import switchboard.insight.SearchTable.Head;

/**
 * Brings the rows of one conversation to where it stands. For each conversation there is a row that names all others,
 * written before what it names and left as it was until what it named is taken back: so nothing is left behind by one
 * who is killed between any two writes, if only it is told again. Not for two of one conversation at a time.
 */
final class Rows {

    private static final CompletionStage<Done> NOTHING = completedStage(Done.getInstance());

    private final SearchTable search;
    private final EpisodeTable episodes;
    private final Customers customers;

    Rows(CqlSession session, String keyspace, Customers customers) {
        this.search = new SearchTable(session, keyspace);
        this.episodes = new EpisodeTable(session, keyspace);
        this.customers = customers;
    }

    /** Done when all is durable. What is older than the rows are changes nothing; the same again writes the same again. */
    CompletionStage<Done> write(Facts facts) {
        if (facts.contacts().isEmpty()) {
            return NOTHING;
        }
        return search.head(facts.tenant(), facts.conversation())
                .thenCompose(head -> head.seq() > facts.seq() ? NOTHING : write(facts, head));
    }

    /** Somebody may have emptied the tables. */
    void forget() {
        episodes.forget();
    }

    private CompletionStage<Done> write(Facts facts, Head before) {
        return terms(facts, before).thenCompose(terms -> {
            var row = Listed.of(facts, terms);
            return all(Stream.concat(Stream.of(episodes(facts, before)), takenBack(facts.tenant(), row, before)))
                    .thenCompose(_ -> search.putHead(
                            facts.tenant(),
                            facts.conversation(),
                            new Head(row.seq(), row.place().openedAt(), row.episode(), terms)))
                    .thenCompose(_ -> all(put(facts.tenant(), row)));
        });
    }

    /** The episodes that may have changed since the rows were written. */
    private CompletionStage<Done> episodes(Facts facts, Head before) {
        return all(facts.contacts().stream()
                .filter(contact -> contact.number() >= before.episode())
                .map(contact -> episodes.put(facts.tenant(), facts.conversation(), contact)));
    }

    private Stream<CompletionStage<Done>> takenBack(String tenant, Listed row, Head before) {
        if (before.seq() == 0) {
            return Stream.empty();
        }
        var place = new Place(before.openedAt(), row.place().conversation());
        var moved = !place.equals(row.place());
        var terms = before.terms().stream()
                .filter(term -> moved || !row.terms().contains(term))
                .map(term -> search.deleteTerm(tenant, term, place, row.seq()));
        return moved ? Stream.concat(terms, Stream.of(search.delete(tenant, place, row.seq()))) : terms;
    }

    private Stream<CompletionStage<Done>> put(String tenant, Listed row) {
        var terms = row.terms().stream().map(term -> search.putTerm(tenant, term, row.place(), row.seq()));
        return Stream.concat(Stream.of(search.put(tenant, row)), terms);
    }

    /** An opening is opened once; what is known of its customer stays until it is erased. */
    private CompletionStage<Set<String>> terms(Facts facts, Head before) {
        var same = before.openedAt().equals(Listed.placeOf(facts).openedAt())
                && !facts.opening().isEmpty();
        var known = before.terms().stream().filter(Customers::isTerm).collect(toSet());
        var found = same && !known.isEmpty() ? completedStage(known) : customers.of(facts);
        return found.thenApply(customer -> {
            var all = new HashSet<>(customer);
            var agents = facts.contacts().getLast().agents();
            if (!facts.agent().isEmpty()) {
                all.add(Query.owner(facts.agent()));
            }
            if (!facts.queue().isEmpty()) {
                all.add(Query.queue(facts.queue()));
            }
            if (!agents.isEmpty()) {
                all.add(Query.agent(agents.getLast()));
            }
            return all;
        });
    }

    private static CompletionStage<Done> all(Stream<CompletionStage<Done>> writes) {
        return CompletableFuture.allOf(
                        writes.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new))
                .thenApply(_ -> Done.getInstance());
    }
}
