package io.adjustbatch.policy;

import io.adjustbatch.adjust.Endpoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Nothing got through, for longer than the configured patience or to the end of the work.
 *
 * @param endpoint that is silent; null if all are, which halts the run
 * @param time for how long
 * @param message what was met last
 */
public record SilenceHalt(
        @Nullable Endpoint endpoint,
        Duration time,
        @Nullable String message) implements Halt {

    @Override
    public Scope scope() {
        return endpoint == null ? Scope.RUN : Scope.endpoint(endpoint);
    }

    @Override
    public String cause() {
        return "no request got through to Adjust for %s, the last because: %s"
                .formatted(words(time), message == null ? "no answer" : message);
    }

    @Override
    public Remedy remedy() {
        return new Remedy("check adjust.base-url and the network, or run again later");
    }

    private static String words(Duration time) {
        return time.toMinutes() >= 2 ? time.toMinutes() + " min" : Math.max(1, time.toSeconds()) + " s";
    }
}
