package switchboard.floor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import switchboard.witness.Backoff;
import switchboard.witness.Caller;
import switchboard.witness.ServerEvents;

/**
 * Where the one agent sits: her stream is up, as any agent's app has it, whatever ends it. Without one her conversations are queued
 * for others after a minute, and what she says in them is refused. What is shown there nobody looks at.
 */
final class Seat implements Callable<Void> {

    private static final int OK = 200;
    private static final int PAUSE_MILLIS = 200;

    private final Caller program;
    private volatile boolean leaves;
    private volatile InputStream open = InputStream.nullInputStream();

    Seat(Caller program) {
        this.program = program;
    }

    /** Until she leaves. A refusal is an {@link IllegalStateException}. */
    @Override
    public Void call() throws InterruptedException {
        while (!leaves) {
            try {
                connect();
            } catch (IOException e) {
                // gone, or not there yet: she comes again
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
        return null;
    }

    /** Goes home: {@link #call} returns. */
    void leave() {
        leaves = true;
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect() throws IOException, InterruptedException {
        var me = program.credentials();
        var response = program.stream(me.agent(), "/v1/agents/" + me.name() + "/stream");
        try (var body = response.body()) {
            open = body;
            if (leaves) {
                return; // and nobody closes what was not open yet
            }
            if (response.statusCode() == OK) {
                ServerEvents.read(body, _ -> !leaves);
            } else if (!Backoff.again(response.statusCode())) {
                throw new IllegalStateException(me.name() + "'s stream: " + response.statusCode());
            }
        }
    }
}
