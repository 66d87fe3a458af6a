/** The node: actor system, shards, and the lease that keeps a second program off the keyspace. */
@NullMarked
package switchboard.cluster;

import org.jspecify.annotations.NullMarked;
