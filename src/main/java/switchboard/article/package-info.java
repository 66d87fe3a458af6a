/** An article of what is known: read and validated whole, written, as JSON and as Markdown with front matter; those that are built in. */
@NullMarked
package switchboard.article;

import org.jspecify.annotations.NullMarked;
