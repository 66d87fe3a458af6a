package switchboard.http;

import static org.apache.pekko.http.javadsl.server.Directives.mapResponse;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.japi.function.Function;
import switchboard.security.Action;

/** What an answer is known by, beside what is sent of it: for counting. */
final class Seen {

    /** Of a refusal. */
    static final AttributeKey<String> CODE = AttributeKey.create("code", String.class);

    private static final AttributeKey<String> ACTION = AttributeKey.create("action", String.class);

    /** {@code inner}'s answers are to this action. */
    static Route as(Action action, Route inner) {
        return mapResponse(answer -> answer.addAttribute(ACTION, action.name()), () -> inner);
    }

    /** {@code handler}, with each of its answers told. */
    static Function<HttpRequest, CompletionStage<HttpResponse>> by(
            Server.Observer observer, Function<HttpRequest, CompletionStage<HttpResponse>> handler) {
        return request -> {
            var since = System.nanoTime();
            return handler.apply(request).thenApply(answer -> {
                observer.saw(
                        answer.getAttribute(ACTION).orElse(""),
                        answer.getAttribute(CODE).orElse(""),
                        System.nanoTime() - since);
                return answer;
            });
        };
    }

    private Seen() {}
}
