/** Measures understanding on data sets: reads them, trains the real pipeline, asks it what it was not shown. */
@NullMarked
package switchboard.evaluation;

import org.jspecify.annotations.NullMarked;
