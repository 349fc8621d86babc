package io.adjustbatch.warehouse;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the rows come from: {@code warehouse.*} in {@code config/application.yml}.
 *
 * @param session {@code warehouse.session.*}
 * @param purchase {@code warehouse.purchase.*}
 * @param adRevenue {@code warehouse.ad-revenue.*}
 * @param lookback how far before the last run's mark staging looks again for rows that were committed late; measured
 *     on {@code loaded_at}; at least 1 min, default 2 d
 * @param since rows that occurred earlier are not taken by a first staging: a time ({@code 2026-01-31T12:00:00Z}) or a
 *     day, which begins at midnight UTC; empty, the default, is no limit but Adjust's own
 */
@ConfigurationProperties(prefix = "warehouse", ignoreUnknownFields = false)
public record WarehouseSettings(
        @DefaultValue Session session,
        @DefaultValue Purchase purchase,
        @DefaultValue AdRevenue adRevenue,
        @DefaultValue("2d") Duration lookback,
        @DefaultValue("") Since since) {

    /** A relation's name that switches its kind off. */
    private static final String NONE = "none";

    public WarehouseSettings {
        if (lookback.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException(
                    "warehouse.lookback must be at least 1m, or rows committed while a run stages would be missed");
        }
    }

    /** What a night without new rows means: usually that the load before this job has failed. */
    public enum ExpectRows {
        /** It is said in the report. */
        WARN,
        /** The run fails. */
        FAIL,
        /** It is normal. */
        OFF
    }

    /**
     * Sessions.
     *
     * @param relation table or view that holds them, default {@code warehouse.session}; {@code none} sends none
     * @param expectRows what a night without new ones means, default {@code warn}
     */
    public record Session(
            @DefaultValue("warehouse.session") String relation,
            @DefaultValue("warn") ExpectRows expectRows) {

        public Session {
            requireName(Kind.SESSION, relation);
        }
    }

    /**
     * Purchases.
     *
     * @param relation table or view that holds them, default {@code warehouse.purchase}; {@code none} sends none
     * @param expectRows what a night without new ones means, default {@code warn}
     * @param transactionUnique whether a {@code transaction_id} stands for one purchase of its app, environment and
     *     event token, so that a second row of it is not sent; default true
     */
    public record Purchase(
            @DefaultValue("warehouse.purchase") String relation,
            @DefaultValue("warn") ExpectRows expectRows,
            @DefaultValue("true") boolean transactionUnique) {

        public Purchase {
            requireName(Kind.PURCHASE, relation);
        }
    }

    /**
     * Ad revenue.
     *
     * @param relation table or view that holds it, default {@code warehouse.ad_revenue}; {@code none} sends none
     * @param expectRows what a night without new rows means, default {@code warn}
     */
    public record AdRevenue(
            @DefaultValue("warehouse.ad_revenue") String relation,
            @DefaultValue("warn") ExpectRows expectRows) {

        public AdRevenue {
            requireName(Kind.AD_REVENUE, relation);
        }
    }

    /**
     * The earliest time that a first staging takes.
     *
     * @param instant null if there is none
     */
    public record Since(@Nullable Instant instant) {

        /**
         * Read from a setting: a time with its zone, a day at UTC, or blank for no limit.
         *
         * @throws IllegalArgumentException if it is none of these
         */
        public static Since of(String text) {
            String time = text.strip();
            try {
                if (time.isEmpty()) {
                    return new Since(null);
                }
                return new Since(
                        time.length() == "2026-01-31".length()
                                ? LocalDate.parse(time)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant()
                                : Instant.parse(time));
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "warehouse.since must be a day such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z,"
                                + " not \"" + time + "\"",
                        e);
            }
        }
    }

    /** The relation's name of every kind that is switched on, in the order in which kinds are sent. */
    public Map<Kind, String> relations() {
        Map<Kind, String> relations = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            String relation = relation(kind);
            if (!relation.equals(NONE)) {
                relations.put(kind, relation);
            }
        }
        return Collections.unmodifiableMap(relations);
    }

    /** What a night without new rows of the kind means. */
    public ExpectRows expectRows(Kind kind) {
        return switch (kind) {
            case SESSION -> session.expectRows();
            case PURCHASE -> purchase.expectRows();
            case AD_REVENUE -> adRevenue.expectRows();
        };
    }

    private String relation(Kind kind) {
        return switch (kind) {
            case SESSION -> session.relation();
            case PURCHASE -> purchase.relation();
            case AD_REVENUE -> adRevenue.relation();
        };
    }

    /** The setting that names the kind's relation, for messages. */
    static String relationKey(Kind kind) {
        return "warehouse." + kind.key().replace('_', '-') + ".relation";
    }

    private static void requireName(Kind kind, String relation) {
        try {
            RelationName.of(relation);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    relationKey(kind) + ": " + e.getMessage() + ", or none to send no rows of this kind", e);
        }
    }
}
