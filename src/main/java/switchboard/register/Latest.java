package switchboard.register;

import java.util.function.Function;
import java.util.function.Predicate;
import switchboard.log.Entry;

/** What one incarnation of a {@link Succession} holds of its log: the last version. Earlier ones are read from the log. */
public final class Latest<V extends Latest.Numbered> extends Volume {

    /** One version: its entry's number in the log, 1, 2, 3 …; 0 for what stands before there is any. */
    public interface Numbered {
        long number();
    }

    private final Function<Entry, V> read;
    private V standing;

    /**
     * {@code read}: what an entry says.
     *
     * @param genuine whether an entry was written by us
     * @param first what stands before there is any entry
     */
    public Latest(String persistenceId, Predicate<Entry> genuine, V first, Function<Entry, V> read) {
        super(persistenceId, genuine);
        this.standing = first;
        this.read = read;
    }

    public V standing() {
        return standing;
    }

    @Override
    protected void fold(Entry entry) {
        standing = read.apply(entry);
    }
}
