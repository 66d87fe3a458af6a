package switchboard.invariants;

import java.util.Optional;

/**
 * One request of a gateway, or a person's order, and what came back.
 *
 * @param number in the order of sending, within the run
 * @param source of a gateway's event a path; of an order its route's word
 * @param id unique within source and thread; the first text sent with it is the true one, another one is a forgery
 * @param answer empty when the connection brought none
 */
public record Exchange(long number, String thread, String source, String id, String text, Optional<Answer> answer) {

    /** A response, with its exact body. */
    public record Answer(int status, String body) {

        /** Whether it said that the event is kept. */
        public boolean acknowledges() {
            return status / 100 == 2;
        }

        /** Where the event was said to be. */
        public Place place() {
            var json = Json.read(body);
            return new Place(
                    json.path("conversation").asText(),
                    json.path("seq").asLong(),
                    json.path("id").asText());
        }
    }

    /** A 201's body. */
    public record Place(String conversation, long seq, String id) {}

    /** The identity of the event within its channel. */
    public EventKey key() {
        return new EventKey(thread, source, id);
    }

    /** Of an event. */
    public record EventKey(String thread, String source, String id) {}

    /** Whether an order of a person: its source is no path. */
    public boolean ordered() {
        return !source.startsWith("/");
    }

    /** Whether this request was answered with a success. */
    public boolean acknowledged() {
        return answer.filter(Answer::acknowledges).isPresent();
    }

    /** Whether this request was turned down as the sender's fault, so that it left no trace. */
    public boolean refused() {
        return answer.filter(a -> a.status() / 100 == 4).isPresent();
    }
}
