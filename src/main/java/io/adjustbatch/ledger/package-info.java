/**
 * The state of every row and the journal of how it got there; staging and recovery.
 *
 * <p>The one owner of the schema {@code adjust_batch}: every statement that writes there, but for Spring Batch's own
 * tables, is in this package, in a short transaction of its own.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"warehouse", "adjust", "policy"})
package io.adjustbatch.ledger;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
