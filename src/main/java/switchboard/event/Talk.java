package switchboard.event;

import java.util.ArrayList;
import java.util.List;
import switchboard.log.Entry;

/**
 * What the bot goes by: what the customer wrote and what the bot decided since it has the word, as stored. Kept by whoever
 * folds the log, so it is bounded: the latest {@link #most} entries of {@value #BYTES} bytes in all, and always the last.
 *
 * @param most so many turns are kept
 * @param turns the oldest first; empty while the bot has not the word
 * @param bytes of all turns
 * @param heard number of the customer's last message to the bot
 * @param answered up to which number it has decided
 * @param introduced whether it has written in this episode
 * @param excused whether the customer was told to be patient since the last decision
 * @param wantsPerson whether the customer once said that he always wants a person
 */
public record Talk(
        int most,
        List<Entry> turns,
        long bytes,
        long heard,
        long answered,
        boolean introduced,
        boolean excused,
        boolean wantsPerson) {

    /** Of a conversation, where a bot is to be asked by what was said. */
    public static final int MOST = 40;

    /** Before the first message. */
    public static final Talk NONE = new Talk(MOST, List.of(), 0, 0, 0, false, false, false);

    /** The same where no bot is asked: of a conversation that waits for people nothing is kept but its last message. */
    public static final Talk UNHEARD = new Talk(1, List.of(), 0, 0, 0, false, false, false);

    private static final int BYTES = 128 * 1024;
    private static final String BOT = "bot";

    public Talk {
        turns = List.copyOf(turns);
    }

    /** Whether something that the customer wrote is not answered. */
    public boolean owes() {
        return heard > answered;
    }

    /** An episode begins. */
    public Talk opened() {
        return new Talk(most, List.of(), 0, heard, heard, false, false, wantsPerson);
    }

    /** Somebody else has the word, or what was said is erased: nothing of it is answered any more. */
    public Talk over() {
        return new Talk(most, List.of(), 0, heard, heard, introduced, false, wantsPerson);
    }

    /** The customer wrote to the bot. */
    public Talk heard(Entry entry) {
        return with(entry, entry.seq(), answered, excused, wantsPerson);
    }

    /** The bot has decided. */
    public Talk decided(Entry entry, ConversationEvent.BotDecided e) {
        return with(entry, heard, e.upTo(), false, wantsPerson || e.wantsPerson());
    }

    /** We wrote. */
    public Talk sent(String author) {
        return new Talk(
                most,
                turns,
                bytes,
                heard,
                answered,
                introduced || author.equals(BOT),
                !author.equals(BOT),
                wantsPerson);
    }

    private Talk with(Entry entry, long heard, long answered, boolean excused, boolean wantsPerson) {
        var all = new ArrayList<>(turns);
        all.add(entry);
        var left = bytes + entry.size();
        while (all.size() > 1 && (all.size() > most || left > BYTES)) {
            left -= all.removeFirst().size();
        }
        return new Talk(most, all, left, heard, answered, introduced, excused, wantsPerson);
    }
}
