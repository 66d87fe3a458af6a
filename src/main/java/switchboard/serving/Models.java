package switchboard.serving;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.pattern.StatusReply;
import switchboard.serving.Choice.Chosen;
import switchboard.versions.Minds.Progress;
import switchboard.versions.Version;
import switchboard.wire.Refusal;

/** What tenants' bots understand by, for those who look at it and choose. */
public interface Models {

    /** In the place of a version: whichever is the newest. */
    String LATEST = "latest";

    /** No bot answers here: everything fails with BOT_OFF. */
    Models OFF = new Models() {
        @Override
        public CompletionStage<Shelved> list(String tenant) {
            return off();
        }

        @Override
        public CompletionStage<Shelved> choose(String tenant, String by, long expected, String version) {
            return off();
        }

        private static CompletionStage<Shelved> off() {
            return CompletableFuture.failedStage(new StatusReply.ErrorMessage(Refusal.BOT_OFF.name()));
        }
    };

    /**
     * What there is on this node.
     *
     * @param serving hash; empty: none does
     * @param versions the oldest first
     * @param learning how far what is being learned is; empty: nothing is
     */
    record Shelved(Chosen chosen, Optional<String> serving, List<Version> versions, Optional<Progress> learning) {
        public Shelved {
            versions = List.copyOf(versions);
        }
    }

    /** Fails with UNAVAILABLE. */
    CompletionStage<Shelved> list(String tenant);

    /**
     * Has a version serve from now on, as decisions name it, or {@link #LATEST}: here by the time this is done, on other nodes soon. What is chosen already:
     * as it is. Fails with NO_SUCH_MODEL where this node has none of that name that can be read, PRECONDITION_FAILED, UNAVAILABLE.
     *
     * @param by an opaque id
     * @param expected the number of the choice that must stand; -1 for any
     */
    CompletionStage<Shelved> choose(String tenant, String by, long expected, String version);
}
