package switchboard.witness;

/**
 * The keys that a run needs, as they follow {@code Bearer}.
 *
 * @param tenant whose keys they are: the chain begins with its name
 * @param name the agent's, as a supervisor names it
 */
public record Credentials(String tenant, String gateway, String supervisor, String auditor, String agent, String name) {

    /** Those of local mode. */
    public static final Credentials LOCAL = new Credentials(
            "local",
            "gateway.local-only",
            "supervisor.local-only",
            "auditor.local-only",
            "agent-anna.local-only",
            "anna");
}
