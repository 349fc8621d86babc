package io.adjustbatch.sandbox;

import org.jspecify.annotations.Nullable;

/** Where Adjust takes requests, and how it words its refusals there (dev.adjust.com, "Server-to-server API"). */
enum Endpoint {
    EVENT("/event", "Event request failed"),
    AD_REVENUE("/ad_revenue", "Ad revenue request failed"),
    SESSION("/session", "Session failed");

    private final String path;
    private final String failure;

    Endpoint(String path, String failure) {
        this.path = path;
        this.failure = failure;
    }

    String path() {
        return path;
    }

    static @Nullable Endpoint at(String path) {
        for (Endpoint endpoint : values()) {
            if (endpoint.path.equals(path)) {
                return endpoint;
            }
        }
        return null;
    }

    /**
     * Adjust's error envelope.
     *
     * @param appToken is named after the message on {@code /ad_revenue}, as in Adjust's example; null if the request
     *     had no well-formed one
     */
    String envelope(Refusal refusal, @Nullable String appToken) {
        String prefix = refusal.tooFrequent() ? "Session request check interval failed" : failure;
        String suffix = this == AD_REVENUE && appToken != null ? " (app_token:" + appToken + ")" : "";
        return "{\"error\":\"" + prefix + " (" + refusal.message() + ")" + suffix + "\"}";
    }
}
