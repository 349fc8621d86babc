/**
 * Adjust as a local server, with a record of what it counted and faults on demand.
 *
 * <p>Shares no code with the client ({@code src/docs/adr}, decision 12 of the first record): a shared mistake would never
 * show.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.adjustbatch.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
