/** The vault: a tenant's own keys and its data keys, wrapped at rest. */
@NullMarked
package switchboard.vault;

import org.jspecify.annotations.NullMarked;
