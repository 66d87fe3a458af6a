package switchboard.audit;

import java.util.Locale;
import switchboard.log.Head;

/** What the check of a log found. */
public sealed interface Verdict {

    /** How many stand; where something is wrong, how many could be followed. */
    long entries();

    /** The last of them; number 0 when there is none. */
    Head head();

    /**
     * Everything is as it was written. No entries: there is no such log, and none was ever recorded.
     *
     * @param late rows that were written late and do not stand, each as genuine as the rest
     */
    record Valid(long entries, Head head, long late) implements Verdict {}

    /** Something is not as it was written. */
    record Tampered(Fault fault, long entries, Head head) implements Verdict {}

    /** The first number at which something is wrong, and what. */
    record Fault(long number, Reason reason) {}

    /** What can be wrong with a number. */
    enum Reason {
        /** Its row holds bytes that are no entry. */
        UNREADABLE,
        /** Its entry was not written by one who has the tenant's keys: it was changed, or the log rewritten from here. */
        CHANGED,
        /** Beside its entry there is one that was not written by one who has the tenant's keys. */
        FORGED,
        /** Its row holds the entry of another number, or lies in another place. */
        MOVED,
        /** It has no row, though later ones have; or not the one that the next entry names. */
        MISSING,
        /** Its entry does not belong here: it names none of those before it. */
        UNLINKED,
        /** Its entry claims to be earlier than the one before. */
        STEPPED_BACK,
        /** Another entry than the recorded one stands here. */
        REPLACED,
        /** It has no row and none follows, though it was recorded, or a later one. */
        TRUNCATED,
        /** The data key in the vault is not the one that it names. */
        KEY_REPLACED,
        /** What is sealed in it does not open there, though its key exists. */
        SEAL_BROKEN;

        /** Lower case, as in the contract. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
