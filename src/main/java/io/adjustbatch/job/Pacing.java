package io.adjustbatch.job;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.policy.SilenceHalt;
import io.github.bucket4j.Bucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How fast the requests of one run may leave. Threads may share it. */
final class Pacing {

    private final PaceSettings settings;
    private final Clock clock;
    private final Window window;
    private final @Nullable Bucket rate;
    private final Map<Endpoint, EndpointPace> endpoints = new EnumMap<>(Endpoint.class);
    private volatile Instant lastGotThrough = Instant.MIN;

    Pacing(PaceSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.window = new Window(settings.maxInFlight());
        this.rate = settings.ratePerSecond() == null ? null : bucket(settings.ratePerSecond());
        for (Endpoint endpoint : Endpoint.values()) {
            endpoints.put(endpoint, new EndpointPace(endpoint.path(), clock));
        }
    }

    /** A tenth of a second's requests may leave at once. */
    private static Bucket bucket(int perSecond) {
        return Bucket.builder()
                .addLimit(limit ->
                        limit.capacity(Math.max(1, perSecond / 10)).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** The exchanges on the wire. */
    Window window() {
        return window;
    }

    int maxInFlight() {
        return settings.maxInFlight();
    }

    /**
     * How many requests may leave for the endpoint now, at most so many. Each is to be told of by {@link #note} or given
     * back.
     */
    int take(Endpoint endpoint, int most) {
        int permitted = most == 0 ? 0 : pace(endpoint).take(most, clock.instant());
        if (rate == null || permitted == 0) {
            return permitted;
        }
        int within = (int) rate.tryConsumeAsMuchAsPossible(permitted);
        pace(endpoint).giveBack(permitted - within);
        return within;
    }

    void giveBack(Endpoint endpoint, int unused) {
        if (unused > 0) {
            pace(endpoint).giveBack(unused);
            if (rate != null) {
                rate.addTokens(unused);
            }
        }
    }

    /**
     * Takes note of what became of a request.
     *
     * @return what is to halt because patience has run out; null if nothing is
     */
    @Nullable
    SilenceHalt note(Endpoint endpoint, Outcome outcome) {
        Instant now = clock.instant();
        EndpointPace pace = pace(endpoint);
        pace.note(outcome, now);
        Duration silence = pace.silence(now);
        if (silence == null) {
            if (outcome.httpStatus() != null) {
                lastGotThrough = now;
            }
            return null;
        }
        if (silence.compareTo(settings.patience()) <= 0) {
            return null;
        }
        pace.giveUp();
        boolean others = lastGotThrough.isAfter(now.minus(settings.patience()));
        return new SilenceHalt(others ? endpoint : null, silence, pace.lastFailure());
    }

    /** What a run is halted by in which not one request could be sent; null if one could or none was tried. */
    @Nullable
    SilenceHalt silence() {
        if (!lastGotThrough.equals(Instant.MIN)) {
            return null;
        }
        Instant now = clock.instant();
        for (EndpointPace pace : endpoints.values()) {
            Duration silence = pace.silence(now);
            if (silence != null && !pace.anyLeft()) {
                return new SilenceHalt(null, silence, pace.lastFailure());
            }
        }
        return null;
    }

    private EndpointPace pace(Endpoint endpoint) {
        return Objects.requireNonNull(endpoints.get(endpoint));
    }
}
