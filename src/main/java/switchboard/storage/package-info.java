/** Cassandra: the session, the schema, the embedded node. */
@NullMarked
package switchboard.storage;

import org.jspecify.annotations.NullMarked;
