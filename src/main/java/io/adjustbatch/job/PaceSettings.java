package io.adjustbatch.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How fast a run may work.
 *
 * @param maxInFlight most requests on the wire at the same time
 * @param ratePerSecond most requests a second; null for any number
 * @param patience how long nothing may get through before the run is ended
 */
record PaceSettings(int maxInFlight, @Nullable Integer ratePerSecond, Duration patience) {}
