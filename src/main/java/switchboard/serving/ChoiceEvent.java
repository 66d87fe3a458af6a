package switchboard.serving;

import switchboard.log.Entry;
import switchboard.serving.Choice.Chosen;

/**
 * What has been chosen: an entry's contents. {@link #of} has the names on disk, which are for good; a field once written is never
 * given another meaning. All of it is plain: decisions name versions of models too.
 */
sealed interface ChoiceEvent {

    /** {@code version}: the entry's number; {@code model}: a hash. */
    record Pinned(long version, String by, String model) implements ChoiceEvent {}

    /** The newest serves again. */
    record Unpinned(long version, String by) implements ChoiceEvent {}

    /** The name on disk. */
    static String type(ChoiceEvent event) {
        return switch (event) {
            case Pinned _ -> "model.pinned";
            case Unpinned _ -> "model.unpinned";
        };
    }

    static ChoiceEvent of(long version, String by, String model) {
        return model.isEmpty() ? new Unpinned(version, by) : new Pinned(version, by, model);
    }

    /** What {@code entry} says; an {@link IllegalStateException} for a name that this version does not know. */
    static ChoiceEvent of(Entry entry) {
        return switch (entry.type()) {
            case "model.pinned" -> entry.data(Pinned.class);
            case "model.unpinned" -> entry.data(Unpinned.class);
            default ->
                throw new IllegalStateException(
                        "entry " + entry.seq() + " is of a type that this version does not know: " + entry.type());
        };
    }

    /** What an entry chooses. */
    static Chosen chosen(Entry entry) {
        return switch (of(entry)) {
            case Pinned e -> new Chosen(e.version(), entry.at(), e.by(), e.model());
            case Unpinned e -> new Chosen(e.version(), entry.at(), e.by(), "");
        };
    }
}
