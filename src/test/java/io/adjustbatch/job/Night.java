package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.Application;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole night for tests: a fresh database, the sandbox as Adjust, and the application on both. */
final class Night implements AutoCloseable {

    static final String APP = "4w565xzmb54d";

    private final TestDatabase database = TestDatabase.create();
    private final Sandbox sandbox;
    private final Path reports;
    private ConfigurableApplicationContext context;
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    Night(Path reports, String... settings) {
        this(SandboxSettings.defaults(), reports, settings);
    }

    Night(SandboxSettings sandboxSettings, Path reports, String... settings) {
        this.sandbox = Sandbox.start(sandboxSettings);
        this.reports = reports;
        this.context = application(settings);
    }

    /** @param settings in the form {@code --key=value}; they win over the fixture's own */
    private ConfigurableApplicationContext application(String... settings) {
        Map<String, String> arguments = new TreeMap<>(Map.of(
                "--spring.datasource.url", database.jdbcUrl(),
                "--spring.datasource.username", database.username(),
                "--spring.datasource.password", database.password(),
                "--adjust.base-url", sandbox.baseUrl().toString(),
                "--adjust.token", "test-token",
                "--report.directory", reports.toString()));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            arguments.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new SpringApplicationBuilder(Application.class)
                .registerShutdownHook(false)
                .run(arguments.entrySet().stream().map(Object::toString).toArray(String[]::new));
    }

    /** Ends the application and starts it anew with other settings, on the same database and sandbox. */
    void reopen(String... settings) {
        context.close();
        context = application(settings);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Not the application's: without a pool, and open when that is closed. */
    DataSource database() {
        return database.dataSource();
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    NightlyRun nightlyRun() {
        return context.getBean(NightlyRun.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    RunResult run() {
        return run(RunOptions.everything());
    }

    /** However a run ends, it leaves nothing on the wire. */
    RunResult run(RunOptions options) {
        RunResult result = nightlyRun().start(options, FirstStaging.SEND);
        assertThat(count("adjust_batch.delivery WHERE state = 'SENDING'")).isZero();
        return result;
    }

    /** Takes the rows into the ledger and sends none of them. */
    void stageOnly() {
        nightlyRun().start(RunOptions.everything(), rows -> false);
    }

    long count(String from) {
        return jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
    }

    /** A session of device number {@code device}. */
    void session(long id, int device, Instant occurredAt) {
        jdbc.sql("""
                        INSERT INTO warehouse.session (id, app_token, environment, occurred_at, gps_adid, os_name)
                        VALUES (:id, :app, 'production', :at, :device, 'android')""")
                .param("id", id)
                .param("app", APP)
                .param("at", occurredAt.atOffset(ZoneOffset.UTC))
                .param("device", device(device))
                .update();
    }

    void adRevenue(long id, Instant occurredAt, String revenue, String currency) {
        jdbc.sql("""
                        INSERT INTO warehouse.ad_revenue
                            (id, app_token, environment, occurred_at, source, ad_impressions_count, revenue, currency, gps_adid,
                             os_name)
                        VALUES (:id, :app, 'production', :at, 'publisher', 1, :revenue, :currency, :device, 'android')""")
                .param("id", id)
                .param("app", APP)
                .param("at", occurredAt.atOffset(ZoneOffset.UTC))
                .param("revenue", new BigDecimal(revenue))
                .param("currency", currency)
                .param("device", device(1))
                .update();
    }

    private static String device(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    /** A purchase of device number {@code device}. */
    void purchase(long id, int device, Instant occurredAt, String revenue) {
        purchase(id, APP, "abc123", device, occurredAt, new BigDecimal(revenue), "EUR");
    }

    void purchase(long id, String app, String eventToken, int device, Instant at, BigDecimal revenue, String currency) {
        jdbc.sql("""
                        INSERT INTO warehouse.purchase
                            (id, app_token, environment, occurred_at, event_token, revenue, currency, gps_adid, os_name,
                             transaction_id)
                        VALUES (:id, :app, 'production', :at, :eventToken, :revenue, :currency, :device, 'android', :transaction)""")
                .param("id", id)
                .param("app", app)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("eventToken", eventToken)
                .param("revenue", revenue)
                .param("currency", currency)
                .param("device", device(device))
                .param("transaction", "T" + id)
                .update();
    }

    /** How many rows of a kind are in which state. */
    Map<String, Long> states(String kind) {
        Map<String, Long> states = new TreeMap<>();
        jdbc.sql("SELECT state, count(*) FROM adjust_batch.delivery WHERE kind = :kind GROUP BY 1")
                .param("kind", kind)
                .query((result, row) -> Map.entry(result.getString(1), result.getLong(2)))
                .list()
                .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        return states;
    }

    @Override
    public void close() {
        context.close();
        sandbox.close();
        database.close();
    }
}
