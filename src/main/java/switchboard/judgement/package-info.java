/** What words and likeness say together: how surely which class, and how surely none. Pure. */
@NullMarked
package switchboard.judgement;

import org.jspecify.annotations.NullMarked;
