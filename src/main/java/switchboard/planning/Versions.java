package switchboard.planning;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import switchboard.plan.Plan;
import switchboard.planning.RoutingPlan.Version;

/** The versions of tenants' plans, for those who read and set them. */
public interface Versions {

    /** The one in force. Fails with UNAVAILABLE. */
    CompletionStage<Version> current(String tenant);

    /** Any there ever was; fails when the journal does not answer. */
    CompletionStage<Optional<Version>> find(String tenant, long number);

    /**
     * Puts {@code plan} in force, here by the time this is done; the one in force again: as it is. Fails with
     * PRECONDITION_FAILED, UNAVAILABLE.
     *
     * @param by an opaque id
     * @param expected the version that must be in force; -1 for any
     */
    CompletionStage<Version> adopt(String tenant, String by, long expected, Plan plan);
}
