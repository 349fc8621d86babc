/**
 * What to do about an outcome: accept, try again, defer, refuse, doubt, suppress or halt.
 *
 * <p>Plain Java without I/O, so that every decision can be tested as a table.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"warehouse", "adjust"})
package io.adjustbatch.policy;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
