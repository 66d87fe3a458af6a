/** What the program is measured beside that is not the program: Cassandra's bare driver, and PostgreSQL. */
@NullMarked
package switchboard.beside;

import org.jspecify.annotations.NullMarked;
