package switchboard.routing;

import org.jspecify.annotations.Nullable;
import switchboard.plan.Cost;

/** Buckets by what is asked in them: open addressing, so that to find one touches a hash and the bucket itself. */
final class Signatures {

    private static final int ROOM = 64;

    /** 0: the place is free. */
    private int[] hashes = new int[ROOM];

    private @Nullable Bucket[] buckets = new Bucket[ROOM];
    private int count;

    int count() {
        return count;
    }

    /** Absent: nobody has asked for that. */
    @Nullable Bucket get(Waiter waiter, Cost cost) {
        var hash = Bucket.hash(waiter, cost);
        for (var at = Probing.home(hash, hashes.length); hashes[at] != 0; at = Probing.next(at, hashes.length)) {
            var bucket = buckets[at];
            if (hashes[at] == hash && bucket != null && bucket.isFor(waiter, cost)) {
                return bucket;
            }
        }
        return null;
    }

    /** One that is not in it. */
    void put(Bucket bucket) {
        if (2 * ++count > hashes.length) {
            makeRoom();
        }
        place(bucket);
    }

    private void place(Bucket bucket) {
        var at = Probing.home(bucket.hash, hashes.length);
        while (hashes[at] != 0) {
            at = Probing.next(at, hashes.length);
        }
        hashes[at] = bucket.hash;
        buckets[at] = bucket;
    }

    private void makeRoom() {
        var before = buckets;
        hashes = new int[2 * before.length];
        buckets = new Bucket[hashes.length];
        for (var bucket : before) {
            if (bucket != null) {
                place(bucket);
            }
        }
    }

    void clear() {
        hashes = new int[ROOM];
        buckets = new Bucket[ROOM];
        count = 0;
    }
}
