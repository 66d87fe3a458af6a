package switchboard.knowledge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import switchboard.article.ArticleWriter;
import switchboard.log.Hash;

/** Which articles stand, without their contents: what their one writer needs to know of them. */
final class Shelfmarks {

    /**
     * One article.
     *
     * @param version of its last entry
     * @param hash of its JSON; empty: it is removed
     * @param bytes of its JSON
     */
    record Mark(long version, String hash, int bytes) {

        boolean stands() {
            return !hash.isEmpty();
        }
    }

    private final @Nullable Shelfmarks below;
    private final Map<String, Mark> marks = new HashMap<>();
    private int standing;
    private long bytes;

    Shelfmarks(BuiltInArticles builtIn) {
        below = null;
        builtIn.byId().values().forEach(kept -> put(0, ArticleWriter.json(kept.article())));
    }

    /** What is put here changes nothing below. */
    Shelfmarks(Shelfmarks below) {
        this.below = below;
        this.standing = below.standing;
        this.bytes = below.bytes;
    }

    /** Also of one that is removed; empty where there never was one. */
    Optional<Mark> find(String id) {
        var mark = marks.get(id);
        return mark == null && below != null ? below.find(id) : Optional.ofNullable(mark);
    }

    /** Whether {@code article} stands there just so. */
    boolean has(ObjectNode article) {
        return find(id(article))
                .filter(mark -> mark.equals(mark(mark.version(), article)))
                .isPresent();
    }

    /** Whether there is room for {@code article} in the place of what stands there. */
    boolean full(ObjectNode article) {
        var before = find(id(article)).filter(Mark::stands);
        return standing + (before.isPresent() ? 0 : 1) > Catalogue.MOST
                || bytes - before.map(Mark::bytes).orElse(0) + json(article).length > Catalogue.MOST_BYTES;
    }

    void put(long version, ObjectNode article) {
        set(id(article), mark(version, article));
    }

    void remove(long version, String id) {
        set(id, new Mark(version, "", 0));
    }

    private void set(String id, Mark now) {
        var before = find(id).filter(Mark::stands);
        marks.put(id, now);
        standing += (now.stands() ? 1 : 0) - (before.isPresent() ? 1 : 0);
        bytes += now.bytes() - before.map(Mark::bytes).orElse(0);
    }

    private static Mark mark(long version, ObjectNode article) {
        var json = json(article);
        return new Mark(version, Hash.of(json).toString(), json.length);
    }

    private static String id(ObjectNode article) {
        return article.path("id").asText();
    }

    private static byte[] json(ObjectNode article) {
        return article.toString().getBytes(StandardCharsets.UTF_8);
    }
}
