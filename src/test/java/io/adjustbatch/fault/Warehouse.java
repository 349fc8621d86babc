package io.adjustbatch.fault;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows to send, made by the database. */
final class Warehouse {

    private final JdbcClient jdbc;
    private long last;

    Warehouse(DataSource database) {
        this.jdbc = JdbcClient.create(database);
    }

    /** Adds purchases, in lanes of some five rows, and half as many rows of ad revenue. */
    void add(int purchases, int devices) {
        jdbc.sql("""
                        INSERT INTO warehouse.purchase (id, app_token, environment, occurred_at, event_token, revenue,
                            currency, gps_adid, os_name, transaction_id)
                        SELECT i, '4w565xzmb54d', 'production', now() - interval '2 days' + i * interval '1 second', 'f0ob4r',
                               (i % 1000 + 1) * 0.013, 'EUR', ('00000000-0000-4000-8000-' || lpad((i % :devices)::text, 12, '0')),
                               'android', 'T' || i
                        FROM generate_series(:first, :last) i""")
                .param("devices", devices)
                .param("first", last + 1)
                .param("last", last + purchases)
                .update();
        jdbc.sql("""
                        INSERT INTO warehouse.ad_revenue (id, app_token, environment, occurred_at, source, revenue, currency,
                            ad_impressions_count, gps_adid, os_name)
                        SELECT i, '4w565xzmb54d', 'production', now() - interval '1 day', 'publisher', i * 0.00007, 'USD', 1,
                               '00000000-0000-4000-8000-000000000001', 'android'
                        FROM generate_series(:first, :last) i WHERE i % 2 = 0""").param("first", last + 1).param("last", last + purchases).update();
        last += purchases;
    }

    long rows() {
        return jdbc.sql(
                        "SELECT (SELECT count(*) FROM warehouse.purchase) + (SELECT count(*) FROM warehouse.ad_revenue)")
                .query(Long.class)
                .single();
    }
}
