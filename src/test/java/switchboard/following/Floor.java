package switchboard.following;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import switchboard.SwitchboardProcess;
import switchboard.invariants.Json;
import switchboard.load.HttpSender;
import switchboard.load.Kept;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.witness.Caller;

/**
 * Agents whose streams are up, conversations that a supervisor gave them (so that no bot speaks in them), and the gateways
 * that post into these: what is posted is seen, once, on the agent's stream.
 */
public final class Floor implements AutoCloseable {

    /** So many that at a few hundred events a second none is late. */
    private static final int GATEWAYS = 20;

    private final Caller program;
    private final String name;
    private final int agents;
    private final int threads;
    private final Deliveries deliveries;
    private final List<HttpSender> gateways = new ArrayList<>();
    private final List<StreamReader> streams = new ArrayList<>();
    private final List<String> conversations;

    /** Each of {@code agents} has {@code each} conversations; in all a multiple of 20. All have been shown to them when it returns. */
    public static Floor open(URI address, Caller program, String name, int agents, int each) throws Exception {
        return new Floor(address, program, name, agents, agents * each / GATEWAYS);
    }

    private Floor(URI address, Caller program, String name, int agents, int threads) throws Exception {
        this.program = program;
        this.name = name;
        this.agents = agents;
        this.threads = threads;
        this.deliveries = new Deliveries(name + "-");
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(new HttpSender(address, name + "-" + i, name + "-" + i, threads));
        }
        all(IntStream.range(0, agents).<Callable<Void>>mapToObj(i -> () -> {
            program.employ(agent(i));
            return null;
        }));
        for (int i = 0; i < agents; i++) {
            var path = "/v1/agents/" + agent(i) + "/stream";
            var stream = new StreamReader(address, "agent-" + agent(i) + ".local-only", path, deliveries);
            streams.add(stream);
            Thread.ofPlatform().daemon().name(path).start(stream);
        }
        Round.each(unpaced(), threads);
        conversations = all(IntStream.range(0, GATEWAYS * threads).<Callable<String>>mapToObj(i -> () -> given(i)));
        settle();
    }

    private String agent(int number) {
        return name + "-" + number % agents;
    }

    /** The conversation of that number, which is its agent's from now on. */
    private String given(int number) throws IOException, InterruptedException {
        var conversation =
                Kept.conversation(program, gateways.get(number / threads).said(number % threads));
        var body = Json.object().put("agent", agent(number)).toString();
        var answer = program.order(program.credentials().supervisor(), conversation, "assign", body);
        if (answer.statusCode() != 200) {
            throw new IOException("assign: " + answer.statusCode() + " " + answer.body());
        }
        return conversation;
    }

    private static <T> List<T> all(java.util.stream.Stream<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(GATEWAYS)) {
            var done = new ArrayList<T>();
            for (var one : threads.invokeAll(tasks.toList())) {
                done.add(one.get());
            }
            return done;
        }
    }

    /** Their ids. */
    public List<String> conversations() {
        return conversations;
    }

    public Deliveries deliveries() {
        return deliveries;
    }

    /** Posts at that rate, spread evenly over all conversations; returns when all is seen. What was before counts no more. */
    public void post(int perSecond, Duration time) throws Exception {
        deliveries.forget();
        var clients = gateways.stream()
                .<Paced.Client>map(gateway -> due -> send(gateway, due))
                .toList();
        Paced.run(clients, perSecond, time);
        settle();
    }

    /** Posts as fast as it goes. */
    public List<Round.Client> unpaced() {
        return gateways.stream()
                .<Round.Client>map(gateway -> () -> {
                    send(gateway, System.nanoTime());
                    return null;
                })
                .toList();
    }

    /** Returns when all that was posted is seen. */
    public void settle() {
        SwitchboardProcess.await("all deliveries", deliveries::complete);
    }

    /** Of one conversation of each gateway, all that was acknowledged. */
    public List<Sent> said() {
        return gateways.stream().map(gateway -> gateway.said(0)).toList();
    }

    private void send(HttpSender gateway, long due) throws IOException {
        var id = gateway.next();
        deliveries.due(id, due);
        gateway.call();
        deliveries.acknowledged(id, System.nanoTime());
    }

    @Override
    public void close() throws IOException {
        for (var gateway : gateways) {
            gateway.close();
        }
        for (var stream : streams) {
            stream.close();
        }
    }
}
