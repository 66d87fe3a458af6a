/** What a tenant knows: every article ever put, in a log of its own, and the version in force, searchable, as each node knows it. */
@NullMarked
package switchboard.knowledge;

import org.jspecify.annotations.NullMarked;
