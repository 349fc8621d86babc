package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How old a row may be when Adjust receives it: 58 days for events (dev.adjust.com, "S2S events"), 28 days for ad
 * revenue (dev.adjust.com, "S2S ad revenue"). For sessions Adjust publishes no limit.
 */
public final class AgeLimit {

    private static final Optional<Duration> EVENT = Optional.of(Duration.ofDays(58));
    private static final Optional<Duration> AD_REVENUE = Optional.of(Duration.ofDays(28));

    private AgeLimit() {}

    /** The greatest age, itself still taken; empty if rows of this kind never become too old. */
    public static Optional<Duration> maxAge(Kind kind) {
        return switch (kind) {
            case SESSION -> Optional.empty();
            case PURCHASE -> EVENT;
            case AD_REVENUE -> AD_REVENUE;
        };
    }

    /** Whether Adjust would refuse a row of this kind and time for its age, if it came now. */
    public static boolean isPast(Kind kind, Instant occurredAt, Instant now) {
        Optional<Duration> maxAge = maxAge(kind);
        return maxAge.isPresent() && occurredAt.isBefore(now.minus(maxAge.get()));
    }
}
