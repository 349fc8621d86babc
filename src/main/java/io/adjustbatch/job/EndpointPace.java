package io.adjustbatch.job;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Outcome;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether requests may leave for one endpoint. After HTTP 429 nothing leaves for as long as the server asks, or for 1 s
 * if it does not say. When the last twenty answers failed to come, a breaker opens: then one request at a time
 * probes, after 1 s, 2 s … 30 s, until one gets through. Threads may share it.
 */
final class EndpointPace {

    private static final int SILENT_ANSWERS = 20;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final IntervalFunction PROBES =
            IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

    private final CircuitBreaker breaker;
    private Instant pausedUntil = Instant.MIN;
    private @Nullable Instant quietSince;
    private @Nullable String lastFailure;
    private boolean anyLeft;
    private boolean givenUp;

    EndpointPace(String name, Clock clock) {
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(SILENT_ANSWERS)
                        .minimumNumberOfCalls(SILENT_ANSWERS)
                        .failureRateThreshold(100)
                        .recordResult(EndpointPace::isSilence)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(PROBES)
                        .clock(clock)
                        .build());
    }

    /** How many requests may leave now, at most so many; each must be told of by {@link #note} or given back. */
    synchronized int take(int most, Instant now) {
        if (givenUp) {
            return most;
        }
        int taken = 0;
        while (taken < most && !now.isBefore(pausedUntil) && breaker.tryAcquirePermission()) {
            taken++;
        }
        return taken;
    }

    synchronized void giveBack(int unused) {
        for (int i = 0; i < unused && !givenUp; i++) {
            breaker.releasePermission();
        }
    }

    /** Lets everything through again, for nothing will be sent. */
    synchronized void giveUp() {
        givenUp = true;
    }

    /** Takes note of what became of a request. */
    synchronized void note(Outcome outcome, Instant now) {
        switch (outcome.errorClass()) {
            case THROTTLED -> {
                breaker.releasePermission();
                throttled(outcome, now);
            }
            case UNAVAILABLE, AMBIGUOUS -> {
                failed(outcome, now);
                breaker.onResult(0, TimeUnit.NANOSECONDS, outcome);
            }
            default -> {
                if (outcome.httpStatus() == null) {
                    breaker.releasePermission(); // nothing was sent, for want of a token
                } else {
                    gotThrough();
                    breaker.onResult(0, TimeUnit.NANOSECONDS, outcome);
                }
            }
        }
    }

    /** For how long nothing has got through, a wait that the server asks for included; null while requests do. */
    synchronized @Nullable Duration silence(Instant now) {
        if (quietSince == null) {
            return null;
        }
        return Duration.between(quietSince, now.isBefore(pausedUntil) ? pausedUntil : now);
    }

    /** Whether any request has left, so that somebody may have it. */
    synchronized boolean anyLeft() {
        return anyLeft;
    }

    /** What was met last; null if requests get through. */
    synchronized @Nullable String lastFailure() {
        return lastFailure;
    }

    private void gotThrough() {
        quietSince = null;
        lastFailure = null;
    }

    private void failed(Outcome outcome, Instant now) {
        if (quietSince == null) {
            quietSince = now;
        }
        lastFailure = outcome.message();
        anyLeft |= outcome.errorClass() == ErrorClass.AMBIGUOUS;
        if (outcome.retryAfter() != null) {
            pauseUntil(now.plus(outcome.retryAfter()));
        }
    }

    /** The 429s of requests that were on the wire together are one. */
    private void throttled(Outcome outcome, Instant now) {
        failed(outcome, now);
        if (outcome.errorClass() == ErrorClass.THROTTLED && !now.isBefore(pausedUntil)) {
            pauseUntil(now.plus(PAUSE));
        }
    }

    private void pauseUntil(Instant time) {
        if (time.isAfter(pausedUntil)) {
            pausedUntil = time;
        }
    }

    private static boolean isSilence(Object outcome) {
        ErrorClass errorClass = ((Outcome) outcome).errorClass();
        return errorClass == ErrorClass.UNAVAILABLE || errorClass == ErrorClass.AMBIGUOUS;
    }
}
