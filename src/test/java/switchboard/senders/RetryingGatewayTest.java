package switchboard.senders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import switchboard.program.ModelProgram;
import switchboard.program.ModelProgram.Flaw;
import switchboard.witness.Caller;
import switchboard.witness.Judge;
import switchboard.witness.Ledger;

/** Gateway, ledger, auditor and judge together find what a program does wrong, and nothing where it does nothing wrong. */
class RetryingGatewayTest {

    @TempDir
    private Path folder;

    @Test
    void a_program_that_keeps_its_word_is_acquitted() throws Exception {
        judge(Flaw.NONE);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NONE", "SKIPS_WHEN_RESUMED", "STALLS_WHEN_RESUMED", "SWALLOWS_REPLIES", "REFUSES_REPLIES"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_program_that_does_not_is_convicted(Flaw flaw) {
        assertThatThrownBy(() -> judge(flaw)).isInstanceOf(AssertionError.class).hasMessageContaining("Violation");
    }

    @Test
    void a_customer_writes_the_same_in_every_run_of_a_seed() {
        var first = Writing.message("anna", 1, new java.util.Random(5));

        assertThat(Writing.message("anna", 1, new java.util.Random(5))).isEqualTo(first);
    }

    private void judge(Flaw flaw) throws Exception {
        try (var model = new ModelProgram(flaw);
                var ledger = new Ledger(folder.resolve("ledger"))) {
            var program = new Caller(model::address);
            try (var gateway = new RetryingGateway(program, ledger)) {
                gateway.open(8, 11);
                gateway.answers().await(400);
                gateway.finish();
                gateway.repeat(10);
            }
            assertThat(new Judge(program, ledger).judge().findings().violations())
                    .isEmpty();
        }
    }
}
