package switchboard.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import switchboard.program.ModelProgram;
import switchboard.program.ModelProgram.Flaw;

/** The player acquits a program that keeps its word and convicts one that does not, one event a request or many. */
class PlayTest {

    private static final int CLEAN = 0;
    private static final int VIOLATED = 1;
    private static final int FAILED = 2;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "bulk {0}")
    @ValueSource(strings = {"0", "50"})
    void a_program_that_keeps_its_word_is_acquitted(String bulk) throws Exception {
        assertThat(play(Flaw.NONE, Map.of("bulk", bulk))).as("%s", said).isEqualTo(CLEAN);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("357 of 357 turns")
                .containsPattern("I1: [1-9][0-9,]* checks, 0 violations")
                .containsPattern("I7: [1-9][0-9,]* checks, 0 violations")
                .containsPattern("I8: [1-9][0-9,]* checks, 0 violations")
                .containsPattern("I-out: [1-9][0-9,]* checks, 0 violations");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            names = {"NONE", "TAKES_FORGERIES", "REFUSES_REPLIES"},
            mode = Mode.EXCLUDE)
    void a_program_that_does_not_is_convicted(Flaw flaw) throws Exception {
        assertThat(play(flaw, Map.of("patience", "5"))).as("%s", said).isEqualTo(VIOLATED);
        assertThat(said.toString(StandardCharsets.UTF_8)).containsPattern("I(\\d|-out): [0-9,]+ checks, [1-9]");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            names = {"NONE", "TAKES_FORGERIES", "SWALLOWS_REPLIES", "REFUSES_REPLIES"},
            mode = Mode.EXCLUDE)
    void one_that_does_not_is_convicted_by_many_events_a_request(Flaw flaw) throws Exception {
        var bulk = Map.of("bulk", "50", "reorder", "true", "agent", "false", "patience", "5");

        assertThat(play(flaw, bulk)).as("%s", said).isEqualTo(VIOLATED);
    }

    @Test
    void what_is_refused_is_said_by_status_and_code() throws Exception {
        assertThat(play(Flaw.REFUSES_REPLIES, Map.of())).as("%s", said).isEqualTo(VIOLATED);

        assertThat(said.toString(StandardCharsets.UTF_8))
                .containsPattern("[0-9]+ requests were refused: 409 not_assigned");
    }

    @Test
    void what_is_asked_for_wrongly_is_refused_by_its_name() throws Exception {
        assertThat(play(Flaw.NONE, Map.of("duplicates", "2"))).isEqualTo(FAILED);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("-Dduplicates=2");
    }

    @Test
    void a_program_that_never_answers_is_given_up() throws Exception {
        var nobody = Map.of("url", "http://127.0.0.1:1", "patience", "1");

        assertThat(play(Flaw.NONE, nobody)).isEqualTo(FAILED);

        assertThat(said.toString(StandardCharsets.UTF_8)).contains("no answer for 1 s");
    }

    private int play(Flaw flaw, Map<String, String> wishes) throws Exception {
        try (var program = new ModelProgram(flaw)) {
            var all = new HashMap<>(Map.of(
                    "url", program.address().toString(),
                    "times", "3",
                    "share", "1",
                    "duplicates", "0.2",
                    "retries", "0.1",
                    "seed", "5",
                    "speed", "${speed}",
                    "ledger", folder.resolve("ledger").toString()));
            all.putAll(wishes);
            return Play.run(
                    name -> Optional.ofNullable(all.get(name)),
                    new PrintStream(said, true, StandardCharsets.UTF_8),
                    InstantSource.system());
        }
    }
}
