package switchboard.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What answers broke the contract, found on threads whose failures nobody sees, or where a client takes any failure for an
 * outage. No class of tests passes that has left one; JUnit finds this by itself.
 */
public final class Violations implements AfterAllCallback {

    private static final ConcurrentLinkedQueue<String> ALL = new ConcurrentLinkedQueue<>();

    /** Something that the judge may object to. */
    interface Look {
        void look();
    }

    static void of(Look look) {
        try {
            look.look();
        } catch (AssertionError e) {
            ALL.add(String.valueOf(e.getMessage()));
        }
    }

    /** There is none so far. */
    static void none() {
        if (!ALL.isEmpty()) {
            throw new AssertionError("not as the contract says: " + List.copyOf(ALL));
        }
    }

    /** Those found until now, which are then forgotten. */
    static List<String> taken() {
        var taken = new ArrayList<String>();
        for (var next = ALL.poll(); next != null; next = ALL.poll()) {
            taken.add(next);
        }
        return taken;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var taken = taken();
        if (!taken.isEmpty()) {
            throw new AssertionError("not as the contract says: " + taken);
        }
    }
}
