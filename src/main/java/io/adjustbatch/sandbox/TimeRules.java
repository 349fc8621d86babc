package io.adjustbatch.sandbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a thing may have happened (dev.adjust.com, "S2S events", "Send S2S ad revenue", "S2S sessions"). Adjust
 * publishes no text for most of these refusals; all of them say {@code Bad event state} here.
 */
final class TimeRules {

    private static final Duration EVENT_AGE = Duration.ofDays(58);
    private static final Duration AD_REVENUE_AGE = Duration.ofDays(28);

    /** Adjust says nothing of times ahead; clocks differ by a little. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final SandboxSettings settings;
    private final Memory memory;

    TimeRules(SandboxSettings settings, Memory memory) {
        this.settings = settings;
        this.memory = memory;
    }

    @Nullable
    Refusal areRight(Call call) {
        Instant time = call.occurredAt();
        if (time == null || time.isAfter(call.arrivedAt().plus(CLOCK_SKEW))) {
            return Refusal.BAD_EVENT_STATE;
        }
        return switch (call.endpoint()) {
            case EVENT -> isBadEvent(call, time) ? Refusal.BAD_EVENT_STATE : null;
            case AD_REVENUE -> isOlder(call, time, AD_REVENUE_AGE) ? Refusal.BAD_EVENT_STATE : null;
            case SESSION -> spacing(call, time);
        };
    }

    private boolean isBadEvent(Call call, Instant time) {
        return Script.ofDevice(call.device().value()) == Script.BAD_EVENT_STATE
                || isOlder(call, time, EVENT_AGE)
                || isBeforeInstall(call, time)
                || memory.isOutOfOrder(call, time);
    }

    private static boolean isOlder(Call call, Instant time, Duration age) {
        return time.isBefore(call.arrivedAt().minus(age));
    }

    private boolean isBeforeInstall(Call call, Instant time) {
        if (settings.knownDevices() == null) {
            return false;
        }
        Instant install = memory.install(call);
        return install != null && time.isBefore(install);
    }

    private @Nullable Refusal spacing(Call call, Instant time) {
        Instant last = memory.lastSession(call);
        return last == null || !time.isBefore(last.plus(settings.sessionInterval()))
                ? null
                : Refusal.tooFrequent(last, settings.sessionInterval());
    }
}
