package switchboard.scribe;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of a log, as its entries name them.
 *
 * @param current the id of the one in use; empty when the next one must be a new one
 * @param all the ids of those that are not erased
 * @param erased the ids of those that are to be deleted from the vault
 */
public record KeysInUse(String current, List<String> all, List<String> erased) {

    public static final KeysInUse NONE = new KeysInUse("", List.of(), List.of());

    /** A data key that is in use from its entry on: its id and SHA-256('switchboard-kid' ‖ key). */
    public record Note(String id, String commitment) {}

    public KeysInUse {
        all = List.copyOf(all);
        erased = List.copyOf(erased);
    }

    /** After an entry with that note; null: with none. */
    public KeysInUse noted(@Nullable Note note) {
        return note == null || note.id().isEmpty() ? this : new KeysInUse(note.id(), with(note.id()), erased);
    }

    /** Something that does not stand was sealed with this key too. */
    public KeysInUse using(String id) {
        return erased.contains(id) ? this : new KeysInUse(current, with(id), erased);
    }

    /** These are no longer to be had. */
    public KeysInUse erased(List<String> ids) {
        var left = all.stream().filter(id -> !ids.contains(id)).toList();
        var gone = Stream.concat(erased.stream(), ids.stream()).distinct().toList();
        return new KeysInUse("", left, gone);
    }

    /** These are deleted from the vault. Not an entry: a repeated deletion is harmless. */
    public KeysInUse forgotten(List<String> ids) {
        return new KeysInUse(
                current, all, erased.stream().filter(id -> !ids.contains(id)).toList());
    }

    private List<String> with(String id) {
        return all.contains(id)
                ? all
                : Stream.concat(all.stream(), Stream.of(id)).toList();
    }
}
