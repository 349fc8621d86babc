/**
 * Adjust's server-to-server protocol: a row as a request, what makes a row unfit to be sent, the client, and an
 * answer as an {@link io.adjustbatch.adjust.Outcome} with its {@link io.adjustbatch.adjust.ErrorClass}.
 *
 * <p>Knows HTTP and nothing of the ledger: it never retries, and decides nothing about what becomes of a row.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"warehouse"})
package io.adjustbatch.adjust;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
