package switchboard.workspace;

import org.apache.pekko.util.ByteString;
import switchboard.journal.Journal.Row;

/**
 * One entry as it is shown.
 *
 * @param json in UTF-8, without a line's end
 * @param ahead before its turn
 * @param last after it the conversation is hers no more
 * @param proven up to which number it is known to be hers; 0: no further than this
 */
public record Line(Row row, ByteString json, boolean ahead, boolean last, long proven) {

    /** In its turn. */
    public Line(Row row, ByteString json) {
        this(row, json, false, false, 0);
    }

    Line early() {
        return new Line(row, json, true, false, proven);
    }

    Line end() {
        return new Line(row, json, ahead, true, 0);
    }

    Line proven(long number) {
        return new Line(row, json, ahead, false, number);
    }
}
