package switchboard.workspace;

import java.util.Optional;
import switchboard.workspace.Cursor.Place;

/** A conversation on one agent's stream: how far it has come, and where its lines come from. Confined to its stage. */
final class Member {

    final String conversation;

    /** So often it could not be gone on with, since the last line. */
    int failures;

    private Place place;
    private boolean leaving;
    private boolean placed;
    private Optional<Feed> feed = Optional.empty();

    Member(String conversation, Place place) {
        this.conversation = conversation;
        this.place = place;
    }

    Place place() {
        return place;
    }

    /** Whether it has one of the places. */
    boolean placed() {
        return placed;
    }

    /** Whether she holds it no more: what is left of it is shown, and then it is gone. */
    boolean leaving() {
        return leaving;
    }

    /** From here on its lines come from there. */
    void from(Feed next) {
        stop();
        placed = true;
        feed = Optional.of(next);
    }

    void stop() {
        feed.ifPresent(Feed::cancel);
        feed = Optional.empty();
    }

    /** Whether it has a place and nothing comes. */
    boolean pauses() {
        return placed && feed.isEmpty();
    }

    /** She holds it since {@code epoch}. */
    void held(int epoch) {
        leaving = false;
        place = place.since(epoch);
    }

    void leave() {
        leaving = true;
    }

    /** It is hers no more; should it be again, it is shown from its beginning. */
    void over() {
        place = Place.before(place.epoch());
    }

    /** The line that is there. */
    Line take() {
        var line = feed.orElseThrow().take();
        place = place.after(line);
        failures = 0;
        return line;
    }

    /** It is passed on. */
    void more() {
        feed.ifPresent(Feed::more);
    }
}
