package io.adjustbatch.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How strict the sandbox is; {@link #defaults()} is what Adjust does for a new app.
 *
 * @param port 0 for any free one, up to 65535
 * @param token the S2S token that every request must carry as {@code Authorization: Bearer}; null if Adjust's
 *     enforcement is off
 * @param authFailure how a missing or wrong token is answered
 * @param sessionInterval shortest time between two sessions of a device; default 20 minutes, the one that Adjust's
 *     error text names (one page of its documentation says 30)
 * @param knownDevices identifiers of the devices that have an install from the start; a device's first session makes
 *     it known too, and an event may then not precede that session. Null: every device is known, installed long ago
 * @param referenceParameter the callback parameter that names the sender's row, to find rows that were accepted more
 *     than once (21 to 43 bytes a row); null: no such record
 * @param clock tells how old a request's time is
 */
public record SandboxSettings(
        int port,
        @Nullable String token,
        AuthFailure authFailure,
        Duration sessionInterval,
        @Nullable Set<String> knownDevices,
        @Nullable String referenceParameter,
        Clock clock) {

    /** Adjust's documentation names two answers to a missing or wrong token. */
    public enum AuthFailure {
        /** 202 with {@code Missing authentication token} or {@code Wrong authentication token}. */
        ACCEPTED_202,
        /** 401 with {@code Failed to authorize request}. */
        UNAUTHORIZED_401
    }

    public SandboxSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the sandbox's port must be 0 (any free one) to 65535, but is " + port);
        }
        if (sessionInterval.isNegative()) {
            throw new IllegalArgumentException(
                    "the sandbox's session interval must not be negative, but is " + sessionInterval);
        }
        knownDevices = knownDevices == null ? null : Set.copyOf(knownDevices);
    }

    /** Any free port, no token asked for, every device known, no record of references. */
    public static SandboxSettings defaults() {
        return new SandboxSettings(
                0, null, AuthFailure.ACCEPTED_202, Duration.ofMinutes(20), null, null, Clock.systemUTC());
    }

    public SandboxSettings withPort(int port) {
        return new SandboxSettings(port, token, authFailure, sessionInterval, knownDevices, referenceParameter, clock);
    }

    /** Enforces this token, and answers all others in this way. */
    public SandboxSettings withToken(String token, AuthFailure authFailure) {
        return new SandboxSettings(port, token, authFailure, sessionInterval, knownDevices, referenceParameter, clock);
    }

    public SandboxSettings withSessionInterval(Duration sessionInterval) {
        return new SandboxSettings(port, token, authFailure, sessionInterval, knownDevices, referenceParameter, clock);
    }

    /** Asks for an install: only these devices have one, and those whose session comes first. */
    public SandboxSettings withKnownDevices(Set<String> knownDevices) {
        return new SandboxSettings(port, token, authFailure, sessionInterval, knownDevices, referenceParameter, clock);
    }

    public SandboxSettings withReferenceParameter(String referenceParameter) {
        return new SandboxSettings(port, token, authFailure, sessionInterval, knownDevices, referenceParameter, clock);
    }

    public SandboxSettings withClock(Clock clock) {
        return new SandboxSettings(port, token, authFailure, sessionInterval, knownDevices, referenceParameter, clock);
    }

    /** Without the token and the devices. */
    @Override
    public String toString() {
        return "SandboxSettings[port=" + port + ", token=" + (token == null ? "none" : "set") + ", authFailure="
                + authFailure + ", sessionInterval=" + sessionInterval + "]";
    }
}
