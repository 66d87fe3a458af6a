/** The bot: opens what was said, understands it, decides, and says what it decided. */
@NullMarked
package switchboard.bot;

import org.jspecify.annotations.NullMarked;
