package switchboard.clerks;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import switchboard.load.Round;
import switchboard.load.Sent;
import switchboard.witness.Credentials;

/** Customers of the bot, one after the other: each says a script's messages and waits for the answer to each. */
public final class Customer implements Round.Client, AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final Connection connection;
    private final Gateway gateway;
    private final List<List<String>> scripts;
    private final String name;
    private final List<String> conversations = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private List<String> ids = new ArrayList<>();
    private int script;
    private int turn;

    /** Their names begin with {@code name}; the {@code first}-th script is the first one's. */
    public Customer(URI address, Gateway gateway, List<List<String>> scripts, String name, int first)
            throws IOException {
        this.connection = new Connection(address, Credentials.LOCAL.gateway());
        this.gateway = gateway;
        this.scripts = scripts;
        this.name = name;
        this.script = first;
    }

    /** One message, and its answer. */
    @Override
    public Void call() throws IOException, InterruptedException, ExecutionException {
        var lines = scripts.get(script % scripts.size());
        var customer = name + "-" + script;
        var id = "m-" + turn;
        var answer = gateway.next(customer);
        var at = connection
                .event(Customers.said(Customers.SOURCE, id, customer, lines.get(turn)))
                .taken();
        ids.add(id);
        if (turn == 0) {
            conversations.add(Customers.conversation(at));
        }
        try {
            answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(at.body() + " was not answered for " + PATIENCE_SECONDS + " s", e);
        }
        if (++turn == lines.size()) {
            next(customer);
        }
        return null;
    }

    private void next(String customer) {
        sent.add(new Sent(Customers.SOURCE, customer, ids));
        ids = new ArrayList<>();
        turn = 0;
        script++;
    }

    /** All that were begun. */
    public List<String> conversations() {
        return List.copyOf(conversations);
    }

    /** What those said who have said all. */
    public List<Sent> said() {
        return List.copyOf(sent);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
