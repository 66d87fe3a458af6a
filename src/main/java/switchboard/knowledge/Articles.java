package switchboard.knowledge;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import switchboard.knowledge.Catalogue.Edit;
import switchboard.knowledge.Catalogue.Outcome;
import switchboard.retrieval.Search;
import switchboard.retrieval.Search.Kept;

/** The articles of tenants, for those who read and set them. */
public interface Articles {

    /** The one that stands. Fails with NOT_FOUND, UNAVAILABLE, or when the journal does not answer. */
    CompletionStage<Optional<Kept>> find(String tenant, String id);

    /** As a version put it; 0: as it is built in. Fails when the journal does not answer. */
    CompletionStage<Optional<Kept>> find(String tenant, String id, long version);

    /** All by id, as far as is known here. */
    SortedMap<String, Kept> all(String tenant);

    /**
     * Does them one after another, in one write; fails with UNAVAILABLE.
     *
     * @param by an opaque id
     */
    CompletionStage<List<Outcome>> change(String tenant, String by, List<Edit> edits);

    /** What is in force here. */
    Search search(String tenant);
}
