package switchboard.load;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Conversations of one customer each that are made long in bulk, a few at a time: more requests of that kind are turned away. */
public final class Filled {

    private static final int AT_ONCE = 8;

    /** {@code count} customers {@code name-0-0}, {@code name-1-0} …; each says {@code events}, whole thousands of them. */
    public static List<Sent> conversations(URI address, String name, int count, int events) throws Exception {
        var said = new ArrayList<Sent>();
        for (int from = 0; from < count; from += AT_ONCE) {
            var senders = senders(address, name, from, Math.min(count, from + AT_ONCE));
            Round.each(senders, events / senders.getFirst().events());
            for (var sender : senders) {
                said.add(sender.said(0));
                sender.close();
            }
        }
        return said;
    }

    private static List<BulkSender> senders(URI address, String name, int from, int until) throws IOException {
        var senders = new ArrayList<BulkSender>();
        for (int i : IntStream.range(from, until).toArray()) {
            senders.add(new BulkSender(address, name + "-" + i, 1));
        }
        return senders;
    }

    private Filled() {}
}
