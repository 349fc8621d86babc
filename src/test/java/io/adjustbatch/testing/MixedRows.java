package io.adjustbatch.testing;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows of all kinds, of three apps, several currencies and ten days, made by the database. Most are good; of every thousand
 * some are refused here, and some are refused, put off, doubted or opted out by the sandbox. Ten rows have most of it.
 */
public final class MixedRows {

    /** A device's last digits are what the sandbox goes by; those that it does not know get five rows each. */
    private static final String MIXED = """
            WITH ending AS (
                SELECT i, CASE WHEN i % 1000 IN (10, 310) THEN 504
                               WHEN i % 100 = 4 THEN 400
                               WHEN i % 100 IN (6, 7) THEN 1000
                               WHEN i % 100 IN (8, 9, 51) THEN 451
                               WHEN i % 100 = 13 THEN 404
                               ELSE 2000 END AS ending
                FROM generate_series(1, :rows) i
            ), mixed AS (
                SELECT i, (ARRAY['4w565xzmb54d', 'otherapp1234', 'thirdapp5678'])[i / 10 % 3 + 1] AS app,
                       now() - interval '10 days' + i * (interval '9 days' / :rows) AS at,
                       to_char(CASE ending WHEN 504 THEN i / 1000 WHEN 1000 THEN i / 100 WHEN 2000 THEN i % (:rows / 5) ELSE i END,
                           'FM00000000') || '-0000-4000-8000-' || to_char(ending, 'FM000000000000') AS device
                FROM ending
            )
            """;

    private static final String SESSIONS = """
            INSERT INTO warehouse.session (id, app_token, environment, occurred_at, gps_adid, os_name)
            SELECT i, app, 'production', at, device, 'android'
            FROM mixed WHERE i % 10 = 1""";

    private static final String PURCHASES = """
            INSERT INTO warehouse.purchase (id, app_token, environment, occurred_at, event_token, revenue, currency, gps_adid,
                os_name, transaction_id)
            SELECT i, app, 'production', CASE i % 100 WHEN 20 THEN now() + interval '10 hours' ELSE at END,
                   CASE WHEN i % 100 IN (6, 7) THEN 'unique' ELSE 'abc123' END,
                   CASE i % 100 WHEN 3 THEN -1 WHEN 30 THEN NULL ELSE (i % 1000 + 1) * 0.013 END,
                   CASE WHEN i % 100 NOT IN (30, 40) THEN (ARRAY['EUR', 'usd', 'JPY'])[i / 3 % 3 + 1] END,
                   device, 'android', 'T' || i
            FROM mixed WHERE i % 10 IN (0, 3, 4, 6, 7, 9)""";

    private static final String AD_REVENUE = """
            INSERT INTO warehouse.ad_revenue (id, app_token, environment, occurred_at, source, ad_impressions_count, revenue,
                currency, gps_adid, os_name)
            SELECT i, app, 'production', at, 'publisher', 1, CASE i % 100 WHEN 5 THEN 0 ELSE i * 0.0000007 END,
                   CASE i % 2 WHEN 0 THEN 'USD' ELSE 'EUR' END, device, 'android'
            FROM mixed WHERE i % 10 IN (2, 5, 8)""";

    private MixedRows() {}

    /**
     * Puts them into the default relations.
     *
     * @param rows over all kinds, a multiple of ten
     */
    public static void insert(JdbcClient jdbc, int rows) {
        for (String kind : List.of(SESSIONS, PURCHASES, AD_REVENUE)) {
            jdbc.sql(MIXED + kind).param("rows", rows).update();
        }
    }
}
