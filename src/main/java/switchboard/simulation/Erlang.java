package switchboard.simulation;

/** What theory says. Times in seconds; contacts come at random, service and patience are exponential. */
final class Erlang {

    private static final double NEGLIGIBLE = 1e-18;

    /**
     * Erlang A: who waits may leave.
     *
     * @param abandoned probability that a contact leaves before it is served
     * @param served mean wait of those who are served
     */
    record A(double abandoned, double served) {}

    static A a(int agents, double load, double service, double patience) {
        var arrivals = agents * load / service;
        var weight = 1.0;
        var sum = 1.0;
        for (int busy = 1; busy <= agents; busy++) {
            weight *= arrivals * service / busy;
            sum += weight;
        }
        var queued = 0.0;
        var servedAfterWait = 0.0;
        var hazards = 0.0;
        var rate = agents / service;
        for (int ahead = 0; weight > NEGLIGIBLE * sum; ahead++) {
            var next = rate + 1 / patience;
            hazards += 1 / next;
            servedAfterWait += weight * agents / service / next * hazards;
            rate = next;
            weight *= arrivals / rate;
            sum += weight;
            queued += weight * (ahead + 1);
        }
        var abandoned = queued / sum / patience / arrivals;
        return new A(abandoned, servedAfterWait / sum / (1 - abandoned));
    }

    /** Erlang C: nobody leaves. The mean wait of all. */
    static double c(int agents, double load, double service) {
        var offered = agents * load;
        var blocked = 1.0;
        for (int busy = 1; busy <= agents; busy++) {
            blocked = offered * blocked / (busy + offered * blocked);
        }
        var waits = blocked / (1 - load * (1 - blocked));
        return waits * service / (agents * (1 - load));
    }

    private Erlang() {}
}
