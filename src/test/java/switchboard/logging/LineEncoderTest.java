package switchboard.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.util.StatusPrinter2;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;
import switchboard.invariants.Json;

/** The program's own logback.xml, in both formats. */
@ResourceLock(Resources.SYSTEM_OUT)
class LineEncoderTest {

    private static final String NASTY = "\"quoted\" \\ two\nlines\ttab \u0001 größer 😀";

    @Test
    void in_json_every_event_is_one_line_with_all_of_it() throws Exception {
        var lines = logged("json", log -> {
            log.info("plain {}", 1);
            log.warn(NASTY);
            log.error("failed", new IllegalStateException(NASTY, new IllegalArgumentException("why")));
            log.debug("not said");
        });

        assertThat(lines).hasSize(3);
        var all = lines.stream().map(Json::read).toList();
        assertThat(all).allSatisfy(LineEncoderTest::assertComplete);
        assertThat(text(all.get(0), "message")).isEqualTo("plain 1");
        assertThat(text(all.get(0), "level")).isEqualTo("INFO");
        assertThat(all.get(0).has("exception")).isFalse();
        assertThat(text(all.get(1), "message")).isEqualTo(NASTY);
        assertThat(text(all.get(2), "exception"))
                .startsWith("java.lang.IllegalArgumentException: why")
                .contains(
                        "at switchboard.logging.LineEncoderTest",
                        "Wrapped by: java.lang.IllegalStateException: " + NASTY);
    }

    @Test
    void the_context_is_an_object_of_its_own() throws Exception {
        var lines = logged("json", log -> {
            org.slf4j.MDC.put("tenant", "a\"b");
            log.info("with");
            org.slf4j.MDC.clear();
            log.info("without");
        });

        assertThat(Json.read(lines.get(0)).path("context")).hasToString("{\"tenant\":\"a\\\"b\"}");
        assertThat(Json.read(lines.get(1)).has("context")).isFalse();
    }

    @Test
    void a_line_stays_short_enough_for_container_runtimes() throws Exception {
        var deep = new IllegalStateException("x".repeat(20_000));

        var lines = logged("json", log -> log.error("m".repeat(20_000), deep));

        assertThat(lines.getFirst().getBytes(UTF_8)).hasSizeLessThan(16 * 1024);
        assertThat(text(Json.read(lines.getFirst()), "message")).endsWith("m …");
    }

    @Test
    void without_a_format_it_is_text_with_five_frames() throws Exception {
        var lines = logged("", log -> log.error("failed", new IllegalStateException("why")));

        assertThat(lines.getFirst())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ERROR LoggedHere failed");
        assertThat(lines).contains("java.lang.IllegalStateException: why").hasSizeLessThan(10);
    }

    @Test
    void what_others_print_becomes_lines_and_what_is_one_stays() throws Exception {
        var out = new ByteArrayOutputStream();
        var ready = JsonLine.of(Instant.EPOCH, "WARN", "a", "b", "c", "", Map.of());
        var console = Console.lines(new PrintStream(out, true, UTF_8), "ERROR", "stderr", InstantSource.system());

        console.println("cannot \"start\": größer");
        console.println();
        console.print(ready);
        console.print("in ");
        console.printf("pieces%n");

        var lines = out.toString(UTF_8).lines().toList();
        assertThat(lines).hasSize(3);
        assertThat(lines).allSatisfy(line -> assertComplete(Json.read(line)));
        assertThat(text(Json.read(lines.get(0)), "message")).isEqualTo("cannot \"start\": größer");
        assertThat(text(Json.read(lines.get(0)), "level")).isEqualTo("ERROR");
        assertThat(lines.get(1) + "\n").isEqualTo(ready);
        assertThat(text(Json.read(lines.get(2)), "message")).isEqualTo("in pieces");
    }

    @Test
    void what_never_ends_goes_out_in_parts() {
        var out = new ByteArrayOutputStream();
        var console = Console.lines(new PrintStream(out, true, UTF_8), "ERROR", "stderr", InstantSource.system());

        console.print("x".repeat(200_000));

        assertThat(out.toString(UTF_8).lines()).hasSize(3);
    }

    @Test
    void a_format_has_two_names() {
        assertThat(Format.named("json")).hasValue(Format.JSON);
        assertThat(Format.named("JSON ")).hasValue(Format.JSON);
        assertThat(Format.named("text")).hasValue(Format.TEXT);
        assertThat(Format.named("")).hasValue(Format.TEXT);
        assertThat(Format.named("xml")).isEmpty();
    }

    private static void assertComplete(JsonNode line) {
        assertThat(line.fieldNames()).toIterable().startsWith("timestamp", "level", "logger", "thread", "message");
        assertThat(Instant.parse(text(line, "timestamp"))).isNotNull();
        assertThat(text(line, "timestamp")).hasSize(24);
    }

    private static String text(JsonNode line, String field) {
        return line.path(field).asText();
    }

    private interface Said {
        void by(Logger log);
    }

    private static List<String> logged(String format, Said said) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(((LoggerContext) org.slf4j.LoggerFactory.getILoggerFactory()).getMDCAdapter());
        context.putProperty("SWITCHBOARD_LOG_FORMAT", format.isEmpty() ? "text" : format);
        var before = System.out;
        var out = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(out, true, UTF_8));
            var configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(logback());
            said.by(context.getLogger("switchboard.some.LoggedHere"));
        } finally {
            System.setOut(before);
            context.stop();
        }
        new StatusPrinter2().printInCaseOfErrorsOrWarnings(context);
        return out.toString(UTF_8).lines().toList();
    }

    private static URL logback() throws Exception {
        return Path.of("src/main/resources/logback.xml").toUri().toURL();
    }
}
