package switchboard.scribe;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.Done;
import switchboard.log.Entry;
import switchboard.log.Head;
import switchboard.log.Keyring;
import switchboard.log.Unconfirmed;

/**
 * What one who writes a log needs of the node that he lives on.
 *
 * @param rowsAt all rows of one number of one log, in the journal's order
 * @param owe writes the debt's row: this log is to be woken then; again: the later call counts
 * @param settle deletes it
 * @param heads takes note of a log's confirmed head, off the acknowledgement's path
 * @param right whether this node may write, and as which incarnation
 * @param unconfirmed what is being written on this node
 * @param lateWrites counts entries that had to be appended again
 */
public record Desk(
        Keyring keys,
        BiFunction<String, Long, CompletionStage<List<Entry>>> rowsAt,
        BiFunction<String, Instant, CompletionStage<Done>> owe,
        Function<String, CompletionStage<Done>> settle,
        BiConsumer<String, Head> heads,
        Right right,
        Unconfirmed unconfirmed,
        InstantSource clock,
        LongAdder lateWrites) {}
