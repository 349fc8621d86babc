package io.adjustbatch.warehouse;

import java.util.Locale;

/** What a row reports. Each kind has its own relation in the warehouse and its own endpoint at Adjust. */
public enum Kind {
    /** An app session; the first of a device is its install. Sent before everything else. */
    SESSION,
    /** An in-app event, with or without money. */
    PURCHASE,
    /** What one or more ad impressions earned. */
    AD_REVENUE;

    /** The name that operators and tables use: {@code session}, {@code purchase}, {@code ad_revenue}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of that {@link #key()}.
     *
     * @throws IllegalArgumentException if no kind has this key; the message lists those there are
     */
    public static Kind of(String key) {
        for (Kind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "no kind is called \"" + key + "\": kinds are session, purchase and ad_revenue");
    }
}
