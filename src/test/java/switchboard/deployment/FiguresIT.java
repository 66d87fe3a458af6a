package switchboard.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import switchboard.SwitchboardProcess;
import switchboard.contract.JudgedClient;
import switchboard.witness.Caller;
import switchboard.witness.Message;

/** What alerts and the dashboard ask for, against what a program with all of its parts gives. */
class FiguresIT {

    private final JudgedClient http = JudgedClient.create();

    @Test
    void every_figure_that_is_asked_for_is_given(@TempDir Path data) throws Exception {
        try (var program = SwitchboardProcess.ready(data, SwitchboardProcess.BOT)) {
            var event = Caller.event(new Message("thread", "/chat/site", "e1", "Hello"));
            assertThat(post(program, event).statusCode()).isEqualTo(201);
            assertThat(post(program, "{}").statusCode()).isEqualTo(400);

            var given = given(program);

            assertThat(Figures.asked()).hasSizeGreaterThan(25);
            assertThat(given).containsAll(Figures.asked());
            assertThat(Figures.named("rate(switchboard_events_acepted_total[5m])"))
                    .isNotEmpty()
                    .noneMatch(given::contains);
        }
    }

    private HttpResponse<String> post(SwitchboardProcess program, String event)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(program.uri("/v1/events"))
                .header("Authorization", "Bearer gateway.local-only")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private Set<String> given(SwitchboardProcess program) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(program.uri("/metrics")).header("Authorization", "Bearer admin.local-only");
        return http.send(request.build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
    }
}
