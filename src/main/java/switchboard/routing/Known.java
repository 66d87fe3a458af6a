package switchboard.routing;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All of whom something is known, by their ids: open addressing, so that to find one touches little memory. Ids are
 * spread by a key, so nobody can make them collide.
 */
final class Known {

    /** 0: the place is free. */
    private int[] hashes = new int[1_024];

    private @Nullable Waiter[] waiters = new Waiter[1_024];
    private int count;

    /** In no order. */
    Stream<Waiter> all() {
        return Arrays.stream(waiters).filter(Objects::nonNull);
    }

    @Nullable Waiter get(String id) {
        return waiters[place(id, hash(id))];
    }

    /** One who is not in it. */
    void add(Waiter waiter) {
        if (2 * ++count > hashes.length) {
            makeRoom();
        }
        put(waiter, hash(waiter.id));
    }

    /** In place of one who has his id. */
    void replace(Waiter waiter) {
        put(waiter, hash(waiter.id));
    }

    /** One who is in it, or earlier than one who is. */
    void remove(Waiter waiter) {
        var place = place(waiter.id, hash(waiter.id));
        var left = requireNonNull(waiters[place]).without(waiter);
        if (left == null) {
            clear(place);
        } else {
            waiters[place] = left;
        }
    }

    private void clear(int place) {
        var gap = place;
        for (var at = next(gap); hashes[at] != 0; at = next(at)) {
            if (((at - home(hashes[at])) & (hashes.length - 1)) >= ((at - gap) & (hashes.length - 1))) {
                hashes[gap] = hashes[at];
                waiters[gap] = waiters[at];
                gap = at;
            }
        }
        hashes[gap] = 0;
        waiters[gap] = null;
        count--;
    }

    /** His, or the free one where he would be. */
    private int place(String id, int hash) {
        var at = home(hash);
        while (hashes[at] != 0
                && (hashes[at] != hash || !requireNonNull(waiters[at]).id.equals(id))) {
            at = next(at);
        }
        return at;
    }

    private void put(Waiter waiter, int hash) {
        var at = place(waiter.id, hash);
        hashes[at] = hash;
        waiters[at] = waiter;
    }

    private void makeRoom() {
        var before = waiters;
        hashes = new int[2 * hashes.length];
        waiters = new Waiter[hashes.length];
        for (var waiter : before) {
            if (waiter != null) {
                put(waiter, hash(waiter.id));
            }
        }
    }

    private static int hash(String id) {
        return Probing.spread(id.hashCode());
    }

    private int home(int hash) {
        return Probing.home(hash, hashes.length);
    }

    private int next(int at) {
        return Probing.next(at, hashes.length);
    }
}
