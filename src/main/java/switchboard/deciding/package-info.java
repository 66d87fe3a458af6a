/** What the bot does with a message: answer, ask back, hand over, say nothing. By a policy of ordered rules, with evidence. Pure. */
@NullMarked
package switchboard.deciding;

import org.jspecify.annotations.NullMarked;
