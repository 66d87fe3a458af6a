/**
 * The live router: tells the pure one of {@code routing} what happens to conversations and agents of a tenant, and carries
 * out what it decides. Soft state: whoever ends is begun anew from rows and from what agents say.
 */
@NullMarked
package switchboard.dispatch;

import org.jspecify.annotations.NullMarked;
