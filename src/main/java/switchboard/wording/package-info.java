/** What a customer says in so many words: that he wants a person, that he is angry, that he is in danger. By a grammar; pure. */
@NullMarked
package switchboard.wording;

import org.jspecify.annotations.NullMarked;
