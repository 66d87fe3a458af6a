/** The whole program judged from outside: as gateways, supervisors and auditors meet it, while things break. */
@NullMarked
package switchboard.faults;

import org.jspecify.annotations.NullMarked;
