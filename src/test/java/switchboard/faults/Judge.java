package switchboard.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import switchboard.invariants.Exchange;
import switchboard.invariants.History;
import switchboard.invariants.Invariants;

/** Holds what a gateway was told against what the program now tells. */
final class Judge {

    private final Caller program;
    private final Ledger ledger;

    Judge(Caller program, Ledger ledger) {
        this.program = program;
        this.ledger = ledger;
    }

    /** Reads every conversation that was ever named and judges all of it. */
    void judge() throws Exception {
        var exchanges = ledger.read();
        var histories = new ArrayList<History>();
        for (var conversation : conversations(exchanges)) {
            histories.add(new Auditor(program).read(conversation));
        }
        var events = histories.stream().mapToInt(h -> h.events().size()).sum();
        Progress.say(exchanges.size() + " requests, " + histories.size() + " conversations, " + events + " entries");
        assertThat(Invariants.violated(exchanges, histories)).isEmpty();
    }

    private static Set<String> conversations(List<Exchange> exchanges) {
        var all = new TreeSet<String>();
        exchanges.stream()
                .filter(Exchange::acknowledged)
                .map(Exchange::answer)
                .flatMap(Optional::stream)
                .forEach(a -> all.add(a.place().conversation()));
        return all;
    }
}
