package switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterMutantsTest {

    private static final int RUNS = 200;
    private static final int COMMANDS = 500;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            forgets to wake on freed units                | Match   | changed(holder); | staff.update(holder);
            forgets to look at who may take more          | Match   | } else if (!freed.contains(agent)) { | } else if (false) {
            offers to who is not ready                    | Agent   | availability == Command.Availability.READY && | true &&
            ignores an exclusion when choosing            | Choice  | if (excluding && | if (!excluding &&
            proposes the first head though it excludes    | Buckets | !head.excludes(agent.id) | true
            proposes the first head though it takes more  | Buckets | if (demand.live > 0 && agent.able(demand.cost)) { | if (demand.live > 0) {
            ignores an exclusion when an agent is freed   | Buckets | head.excludes(agent.id) ? bucket.first(agent) : head | head
            forgets when a cool-down ends                 | Waiter  | next = Math.min(next, one.until().toEpochMilli()); | next += 0;
            resets idle on a presence flip                | Agent   | availability = worker.availability(); | availability = worker.availability(); freeSince = now;
            breaks a tie of agents the other way          | Choice  | staff.agent(slot).id.compareTo(staff.agent(other.slot).id) | staff.agent(other.slot).id.compareTo(staff.agent(slot).id)
            breaks a tie of turns the other way           | Waiter  | a.id.compareTo(b.id) | b.id.compareTo(a.id)
            breaks a tie of moments the other way         | Waiter  | `(moment << TIE_BITS) | tie` | `(moment << TIE_BITS) | (1 << TIE_BITS) - 1 - tie`
            forgets the moment for the tie                | Waiter  | (moment << TIE_BITS) | (moment >> 3)
            does not look who of two alike is first       | Buckets | key == least && key != Waiter.NEVER && isEarlier(slot, earliest) | false
            takes who asks for the queue before           | Router  | !last.queue.name().equals(queue) | last == others
            gives the deadline of the offer before        | Router  | deadline.toEpochMilli() != now + offer | deadline == Instant.EPOCH
            prefers who is more flexible                  | Choice  | Integer.compare(flexibility, other.flexibility) | Integer.compare(other.flexibility, flexibility)
            prefers who is less proficient                | Choice  | Integer.compare(other.proficiency, proficiency) | Integer.compare(proficiency, other.proficiency)
            prefers who is missed more                    | Choice  | Integer.compare(other.peers(), peers()) | Integer.compare(peers(), other.peers())
            misses him for what is asked anyway           | Choice  | able.hide(bucket.abilities); | able.show(bucket.abilities);
            counts as his peer who knows less             | Staff   | level <= ability; level++ | level <= ability - ability % 5 + 4; level++
            counts as his peer who is busy                | Staff   | count(ability, in ? 1 : -1); | if (in) count(ability, 1);
            counts by the skills that he had              | Staff   | able.values().forEach(one -> one.put(agent.slot, abilities[agent.slot], false)); | agent.idle();
            prefers who is idle for less long             | Choice  | Long.compare(staff.idle(slot), staff.idle(other.slot)) | Long.compare(staff.idle(other.slot), staff.idle(slot))
            loses the key on return                       | Match   | waiter.put(waiter.item.in(epoch, excluded, waiter.item.pin())); | waiter.put(waiter.item.in(epoch, excluded, waiter.item.pin())); waiter.key = now << 20;
            excludes who was rescinded                    | Match   | reason != Item.Reason.RESCINDED | reason != Item.Reason.REFUSED
            debits twice                                  | Agent   | debit(requireNonNull(one.cost)); | debit(requireNonNull(one.cost)); debit(requireNonNull(one.cost));
            counts what both books have twice             | Agent   | !isOwn(held.get(i)) | true
            fits a contact into less room than it takes   | Agent   | free(cost.pool()) >= cost.units() | free(cost.pool()) > 0
            takes who is one level below                  | Staff   | atLeast[level - 1] | atLeast[Math.max(0, level - 2)]
            lets others have what is pinned               | Choice  | if (waiter.pinned()) { | if (waiter.key == 7) {
            keeps a pin to who is gone                    | Waiter  | !pin.named() && off.test(pin.agent()) | false
            hears an order of an earlier epoch            | Router  | leave.epoch() < waiter.epoch | leave.epoch() < 0
            forgets a step's end                          | Waiter  | var next = end(); | var next = NEVER;
            takes who excludes somebody for anybody's     | Waiter  | plain = now.excluded().isEmpty() && | plain =
            counts who has changed as he was              | Staff   | if (!agent.changed) { | if (false) {
            puts who is due earlier behind                | Row     | latest <= due | true
            forgets who comes due after who was cancelled | Row     | earliest = moments[at(begin)]; | earliest = Waiter.NEVER;
            takes the moment of who came last for the first's | Row  | earliest = count == 1 ? moment : earliest; | earliest = moment;
            does not look who is first when somebody comes | Buckets | waiter.key == bucket.key() | waiter.key < bucket.key()
            takes who comes with the same key for later   | Row     | waiter.key > latest | waiter.key >= latest
            forgets who was accepted before it came again | Match   | waiter.earlier = earlier; | waiters.all();
            forgets who came after one who is done with   | Waiter  | if (this == ended) { | if (this != null) {
            begins each step where the queue began        | Router  | end += lasts.toMillis(); | end = lasts.toMillis();
            covers what he covered before he forgot it    | Buckets | agent.covered = 0; | signatures.count();
            """)
    void the_oracle_catches_a_router_that(String what, String file, String from, String to) throws Exception {
        var mutant = Mutant.of(file, from, to);
        var found = "";

        for (int seed = 0; seed < RUNS && found.isEmpty(); seed++) {
            found = mutant.difference(seed, COMMANDS);
        }

        assertThat(found).as(what).isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"Router, switch (command), switch (command)"})
    void the_oracle_finds_nothing_where_nothing_was_changed(String file, String from, String to) throws Exception {
        assertThat(Mutant.of(file, from, to).difference(0, COMMANDS)).isEmpty();
    }
}
