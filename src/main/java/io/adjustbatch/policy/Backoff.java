package io.adjustbatch.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: {@code initial × multiplier^(try − 1)}, at most {@code maximum}, then moved by
 * up to {@code ± jitter} of itself so that rows which failed together do not return together. With 1 s, 2 and 30 s: 1 s
 * after the first try, 2 s after the second, 4 s after the third, 30 s from the sixth on.
 *
 * @param initial after the first try; at least 1 ms
 * @param multiplier at least 1
 * @param maximum before the jitter; at least {@code initial}
 * @param jitter share of the wait, 0 to 1
 */
public record Backoff(Duration initial, double multiplier, Duration maximum, double jitter) {

    /** Unless settings say otherwise. */
    static final Backoff DEFAULT = new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2);

    public Backoff {
        require(initial.toMillis() > 0, "initial must be at least 1ms, but is " + initial);
        require(multiplier >= 1, "multiplier must be at least 1, but is " + multiplier);
        require(maximum.compareTo(initial) >= 0, "maximum must be at least the initial wait, but is " + maximum);
        require(jitter >= 0 && jitter <= 1, "jitter must lie between 0 and 1, but is " + jitter);
    }

    /** The wait after that many tries, counted from 1. */
    public Duration after(int tries, RandomGenerator random) {
        double exact = (double) initial.toMillis() * Math.pow(multiplier, Math.max(0, tries - 1));
        double capped = Math.min(exact, (double) maximum.toMillis());
        double moved = capped * (1 + jitter * (2 * random.nextDouble() - 1));
        return Duration.ofMillis(Math.max(1, Math.round(moved)));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
