package switchboard.speed;

import java.util.List;
import switchboard.bench.Part;

/** All that is measured, in the order in which it is: first what warms up, last what needs a start of its own. */
public final class Parts {

    public static List<Part> all() {
        return List.of(
                new SingleEvents(),
                new BulkEvents(),
                new Latency(),
                new BesidePostgres(),
                new LongConversations(),
                new Delivery(),
                new FanOut(),
                new HotConversation(),
                new FairShares(),
                new Overload(),
                new HistoryReplay(),
                new Routing(),
                new Answering(),
                new ManyConversations(),
                new JournalBytes(),
                new Recovery(),
                new Start());
    }

    private Parts() {}
}
