package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.Kind;

/** Where Adjust takes rows of a kind (dev.adjust.com, "Server-to-server API"). */
public enum Endpoint {
    SESSION("/session"),
    EVENT("/event"),
    AD_REVENUE("/ad_revenue");

    private final String path;

    Endpoint(String path) {
        this.path = path;
    }

    /** The path below the base URL, with its leading slash. */
    public String path() {
        return path;
    }

    /** The one endpoint that takes rows of this kind. */
    public static Endpoint of(Kind kind) {
        return switch (kind) {
            case SESSION -> SESSION;
            case PURCHASE -> EVENT;
            case AD_REVENUE -> AD_REVENUE;
        };
    }
}
