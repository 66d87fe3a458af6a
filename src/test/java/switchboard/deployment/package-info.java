/** What operators are given, held against the program: manifests, alerts, dashboard, files of settings. */
@NullMarked
package switchboard.deployment;

import org.jspecify.annotations.NullMarked;
