/** What tenants' examples taught: versions on disk, which one serves, and their making in the background. */
@NullMarked
package switchboard.versions;

import org.jspecify.annotations.NullMarked;
