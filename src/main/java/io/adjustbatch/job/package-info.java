/**
 * The nightly run as a Spring Batch job: its steps, reader, processor, writer and launch.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"warehouse", "adjust", "policy", "ledger", "audit", "audit :: files"})
package io.adjustbatch.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
