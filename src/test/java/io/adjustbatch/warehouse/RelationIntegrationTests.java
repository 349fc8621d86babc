package io.adjustbatch.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RelationIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private static final String REQUIRED = """
            id bigint PRIMARY KEY, app_token text, environment text, occurred_at timestamptz,
            loaded_at timestamptz DEFAULT now(), event_token text, revenue numeric, currency text""";

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    private final RelationInspector inspector = new RelationInspector(DATABASE.dataSource());

    @BeforeEach
    void empty() {
        execute("TRUNCATE warehouse.purchase, warehouse.ad_revenue, warehouse.session");
        execute("DROP SCHEMA IF EXISTS shop CASCADE");
        execute("CREATE SCHEMA shop");
    }

    @Test
    void readsRowAsItStands() {
        execute("""
                INSERT INTO warehouse.purchase (id, app_token, environment, occurred_at, event_token, revenue, currency,
                        transaction_id, android_id, idfa, os_name, ip_address, user_agent, callback_params,
                        partner_params, parameters)
                VALUES (7, 'abc123abc123', 'sandbox', '2026-01-31T12:00:00.123456Z', 'abc123', 9.990, 'eur', 't-1',
                        'a1', 'I-1', ' ', '', 'UA', '{"a": "b"}', '{}', '{"device_name": "x"}')
                """);
        Relation relation = inspector.inspect(Kind.PURCHASE, "warehouse.purchase");

        WarehouseRow row = Objects.requireNonNull(read(relation));

        assertThat(row)
                .isEqualTo(new WarehouseRow(
                        Kind.PURCHASE,
                        7,
                        "abc123abc123",
                        "sandbox",
                        Instant.parse("2026-01-31T12:00:00.123456Z"),
                        "abc123",
                        new BigDecimal("9.990"),
                        "eur",
                        "t-1",
                        row.parameters(),
                        "{\"a\": \"b\"}",
                        "{}",
                        "{\"device_name\": \"x\"}"));
        assertThat(row.parameters())
                .containsExactly(
                        Map.entry("idfa", "I-1"), Map.entry("android_id", "a1"), Map.entry("user_agent", "UA"));
    }

    @Test
    void readsSessionsFlagsAndCountsAsAdjustWritesThem() {
        execute("""
                INSERT INTO warehouse.session (id, os_name, adid, session_count, eea, npa)
                VALUES (1, 'ios', 'a', 3, true, false)
                """);

        WarehouseRow row = Objects.requireNonNull(read(inspector.inspect(Kind.SESSION, "warehouse.session")));

        assertThat(row.parameters())
                .containsEntry("session_count", "3")
                .containsEntry("eea", "1")
                .containsEntry("npa", "0")
                .doesNotContainKey("ad_user_data");
        assertThat(row.revenue()).isNull();
        assertThat(row.eventToken()).isNull();
    }

    @Test
    void readsAdRevenueWithItsOwnParameters() {
        execute("""
                INSERT INTO warehouse.ad_revenue (id, adid, source, revenue, currency, ad_impressions_count)
                VALUES (1, 'a', 'publisher', 0.00021, 'USD', 2)
                """);

        WarehouseRow row = Objects.requireNonNull(read(inspector.inspect(Kind.AD_REVENUE, "warehouse.ad_revenue")));

        assertThat(row.revenue()).isEqualTo("0.00021");
        assertThat(row.parameters())
                .containsEntry("source", "publisher")
                .containsEntry("ad_impressions_count", "2")
                .doesNotContainKeys("revenue", "currency");
    }

    @Test
    void findsNoRowWhereOuterJoinHasNone() {
        Relation relation = inspector.inspect(Kind.PURCHASE, "warehouse.purchase");

        Boolean absent = jdbc.sql("SELECT 1, %s FROM (VALUES (1)) one LEFT JOIN %s w ON w.id = -1"
                        .formatted(relation.rowColumns("w"), relation.name()))
                .query((result, number) -> relation.readRow(result, 2) == null)
                .single();

        assertThat(absent).isTrue();
    }

    @Test
    void selectsAsManyColumnsAsItCounts() {
        for (Kind kind : Kind.values()) {
            Relation relation = inspector.inspect(kind, "warehouse." + kind.key());

            Integer columns = jdbc.sql(
                            "SELECT %s FROM %s w LIMIT 0".formatted(relation.rowColumns("w"), relation.name()))
                    .query(result -> {
                        return result.getMetaData().getColumnCount();
                    });

            assertThat(columns).as(kind.key()).isEqualTo(relation.columnCount());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void takesRevenueThatIsNoFiniteNumberForNone(String revenue) {
        execute("INSERT INTO warehouse.purchase (id, revenue) VALUES (1, '" + revenue + "')");

        assertThat(readPurchase().revenue()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"infinity", "-infinity"})
    void takesTimeThatIsNotFiniteForNone(String time) {
        execute("INSERT INTO warehouse.purchase (id, occurred_at, loaded_at) VALUES (1, '%1$s', '%1$s')"
                .formatted(time));

        assertThat(readPurchase().occurredAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "4713-01-02 00:00:00+00 BC, -4712-01-02T00:00:00Z",
        "0001-01-01 00:00:00+00 BC, 0000-01-01T00:00:00Z",
        "294276-12-31 00:00:00+00, +294276-12-31T00:00:00Z"
    })
    void readsTimesOfAnyAge(String stored, Instant time) {
        execute("INSERT INTO warehouse.purchase (id, occurred_at) VALUES (1, '" + stored + "')");

        assertThat(readPurchase().occurredAt()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "numeric(20, 4)",
                "bigint",
                "shop.positive",
            })
    void readsMoneyOfEveryExactType(String type) {
        execute("CREATE DOMAIN shop.positive AS numeric CHECK (VALUE > 0)");
        execute("CREATE TABLE shop.orders (" + REQUIRED.replace("revenue numeric", "revenue " + type) + ", idfa text)");
        execute("INSERT INTO shop.orders (id, revenue) VALUES (1, 12)");
        Relation relation = inspector.inspect(Kind.PURCHASE, "shop.orders");

        assertThat(jdbc.sql("SELECT pg_typeof(%1$s)::text || ' ' || (%1$s)::int FROM shop.orders w"
                                .formatted(relation.revenue("w")))
                        .query(String.class)
                        .single())
                .isEqualTo("numeric 12");
    }

    @Test
    void keepsEveryDigitOfMoney() {
        String revenue = "123456789012345678901234567890.123456789012345678901234567890";
        execute("INSERT INTO warehouse.purchase (id, revenue) VALUES (1, " + revenue + ")");

        assertThat(readPurchase().revenue()).isEqualTo(new BigDecimal(revenue));
    }

    @Test
    void readsColumnsThatRelationLacksAsNull() {
        execute("CREATE TABLE shop.orders (" + REQUIRED + ", idfa uuid, ip_address inet, imei text)");
        execute("""
                INSERT INTO shop.orders (id, idfa, ip_address, imei)
                VALUES (1, 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '10.0.0.1/8', '35')
                """);
        Relation relation = inspector.inspect(Kind.PURCHASE, "shop.orders");

        WarehouseRow row = Objects.requireNonNull(read(relation));

        assertThat(relation.has("transaction_id")).isFalse();
        assertThat(relation.text("w", "transaction_id")).isEqualTo("NULL::text");
        assertThat(row.transactionId()).isNull();
        assertThat(row.furtherParameters()).isNull();
        assertThat(row.parameters())
                .containsEntry("idfa", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")
                .containsEntry("ip_address", "10.0.0.1")
                .containsEntry("imei", "35");
    }

    @ParameterizedTest(name = "{0} → {1} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            idfa => ' AB-1 '                                                           | idfa       | ab-1
            adid => 'x', gps_adid => 'y', idfv => 'z'                                  | gps_adid   | y
            idfa => '00000000-0000-0000-0000-000000000000', idfv => 'Z'                | idfv       | z
            idfa => '', gps_adid => '  ', oaid => E'\\t\\n', adid => 'a'               | adid       | a
            idfa => '0', adid => '10'                                                  | adid       | 10
            idfa => '0000-0000', external_device_id => '0'                             | -          | -
            external_device_id => 'Ünï CODE'                                           | external_device_id | `Ünï code`
            parameters => '{"imei": " 35A "}'                                          | imei       | 35a
            parameters => '{"imei": "35", "android_id_lower_md5": "d"}', adid => '0'   | android_id_lower_md5 | d
            parameters => '{"imei": "35"}', external_device_id => 'e'                  | imei       | 35
            parameters => '{"imei": 35}'                                               | imei       | 35
            parameters => '{"imei": null, "vida": "v"}'                                | vida       | v
            parameters => '{"idfa": "has a column of its own"}'                        | -          | -
            parameters => '[{"imei": "35"}]'                                           | -          | -
            parameters => '"imei"'                                                     | -          | -
            parameters => '17'                                                         | -          | -
            parameters => 'null'                                                       | -          | -
            parameters => '{}'                                                         | -          | -
            app_token => 'x'                                                           | -          | -
            """)
    void findsDevice(String columns, @Nullable String name, @Nullable String device) {
        execute("INSERT INTO warehouse.purchase (id, %s) VALUES (1, %s)"
                .formatted(
                        columns.replaceAll("(\\w+) => (E?'[^']*')", "$1"),
                        columns.replaceAll("(\\w+) => (E?'[^']*')", "$2")));

        assertThat(devices(inspector.inspect(Kind.PURCHASE, "warehouse.purchase")))
                .containsExactly(name + " " + device);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "text"})
    void doesNotLookIntoParametersThatCouldFail(String type) {
        execute("CREATE TABLE shop.orders (" + REQUIRED + ", adid text, parameters " + type + ")");
        execute("INSERT INTO shop.orders (id, parameters) VALUES (1, '{\"imei\": \"\\u0000\"}')");
        execute("INSERT INTO shop.orders (id, adid) VALUES (2, 'a')");

        assertThat(devices(inspector.inspect(Kind.PURCHASE, "shop.orders"))).containsExactly("null null", "adid a");
    }

    @Test
    void findsNoDeviceInRelationThatNamesNone() {
        execute("CREATE TABLE shop.orders (" + REQUIRED + ", parameters text)");
        Relation relation = inspector.inspect(Kind.PURCHASE, "shop.orders");

        assertThat(List.of(relation.device("w"), relation.deviceName("w"))).containsOnly("NULL::text");
    }

    @Test
    void readsVeryLongValues() {
        execute(
                "INSERT INTO warehouse.purchase (id, idfa, user_agent) SELECT 1, repeat('X', 2000000), repeat('é', 1000000)");
        Relation relation = inspector.inspect(Kind.PURCHASE, "warehouse.purchase");

        assertThat(devices(relation)).containsExactly("idfa " + "x".repeat(2_000_000));
        assertThat(readPurchase().parameters()).containsEntry("user_agent", "é".repeat(1_000_000));
    }

    private List<String> devices(Relation relation) {
        return jdbc.sql("SELECT concat_ws(' ', coalesce(%s, 'null'), coalesce(%s, 'null')) FROM %s w ORDER BY w.id"
                        .formatted(relation.deviceName("w"), relation.device("w"), relation.name()))
                .query(String.class)
                .list();
    }

    private WarehouseRow readPurchase() {
        return Objects.requireNonNull(read(inspector.inspect(Kind.PURCHASE, "warehouse.purchase")));
    }

    private @Nullable WarehouseRow read(Relation relation) {
        return jdbc.sql("SELECT 'before', %s FROM %s w".formatted(relation.rowColumns("w"), relation.name()))
                .query((result, number) -> Objects.requireNonNull(relation.readRow(result, 2)))
                .single();
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }
}
