/** Certificates and keys as operators have them: PEM files, renewed while the program runs. */
@NullMarked
package switchboard.tls;

import org.jspecify.annotations.NullMarked;
