/**
 * What people read: run results, report files and the balance of the books, derived from the ledger and its journal.
 *
 * <p>Reads only, so that any past run can be reported again. Here stands what is counted and compared; {@code page} makes
 * the page of it, and {@code files} writes all of it to the report directory.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"warehouse", "adjust", "policy", "ledger"})
package io.adjustbatch.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
