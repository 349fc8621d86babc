package io.adjustbatch.adjust;

import org.jspecify.annotations.Nullable;

/**
 * One row, ready for the wire.
 *
 * @param endpoint where it goes
 * @param appToken whose bearer token goes with it
 * @param body the form, percent-encoded once; ASCII
 * @param forwardedFor the device's IPv4 address for the header {@code X-Adjust-Forwarded-For}, sessions only
 */
public record AdjustRequest(
        Endpoint endpoint,
        String appToken,
        String body,
        @Nullable String forwardedFor) {

    /** Names no value: a body is full of device identifiers. */
    @Override
    public String toString() {
        return "AdjustRequest[" + endpoint.path() + ", " + body.length() + " bytes]";
    }
}
