package switchboard.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCode;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** What a success looks like. */
public final class Answers {

    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** Where something stands in a conversation's history; without {@code id} where nothing new came to be. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record At(String conversation, long seq, String id) {}

    /** Created, with its {@code Location}. */
    public static HttpResponse created(String conversation, long seq, String id) {
        var range = "?after=" + (seq - 1) + "&until=" + seq;
        return json(StatusCodes.CREATED, new At(conversation, seq, id))
                .addHeader(RawHeader.create("Location", "/v1/conversations/" + conversation + "/events" + range));
    }

    /** Done. */
    public static HttpResponse done(String conversation, long seq) {
        return json(StatusCodes.OK, new At(conversation, seq, ""));
    }

    public static HttpResponse json(StatusCode status, Object body) {
        try {
            return HttpResponse.create()
                    .withStatus(status)
                    .withEntity(ContentTypes.APPLICATION_JSON, JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new AssertionError("our records have a JSON form", e);
        }
    }

    /** How a time is written: in milliseconds. */
    public static String at(Instant instant) {
        return AT.format(instant);
    }

    private Answers() {}
}
