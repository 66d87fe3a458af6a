/** Both sides of conversations under load: agents who take what they are offered, a gateway that delivers, customers who wait for an answer. */
@NullMarked
package switchboard.clerks;

import org.jspecify.annotations.NullMarked;
