package io.adjustbatch.ledger;

import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import io.adjustbatch.warehouse.RelationInspector;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An empty warehouse and ledger for one test after the other, with a run that is open. What a test makes in the schema
 * {@code extra} is gone with the next one.
 */
final class Books {

    static final Duration LOOKBACK = Duration.ofDays(2);

    private static final String CLEAR = """
            DELETE FROM adjust_batch.delivery;
            DELETE FROM adjust_batch.delivery_journal;
            DELETE FROM adjust_batch.staged_total;
            DELETE FROM adjust_batch.left_out_total;
            DELETE FROM adjust_batch.restaged_row;
            DELETE FROM adjust_batch.staging_mark;
            DELETE FROM adjust_batch.suppressed_device;
            DELETE FROM adjust_batch.suppression_removal;
            DELETE FROM adjust_batch.privacy_key;
            DELETE FROM adjust_batch.purchase_transaction;
            DELETE FROM adjust_batch.run;
            DELETE FROM warehouse.purchase;
            DELETE FROM warehouse.session;
            DELETE FROM warehouse.ad_revenue;
            DROP SCHEMA IF EXISTS extra CASCADE;
            CREATE SCHEMA extra""";

    private final TestDatabase database;
    private final JdbcClient jdbc;
    private final RunToken run;

    /** On the database of the test class. */
    Books(TestDatabase database) {
        this.database = database;
        this.jdbc = JdbcClient.create(database.dataSource());
        jdbcTemplate().execute(CLEAR);
        new JournalMonths(jdbcTemplate(), Clock.systemUTC()).prepare();
        run = openRun(1);
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    JdbcTemplate jdbcTemplate() {
        return new JdbcTemplate(database.dataSource());
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    }

    RunToken run() {
        return run;
    }

    /** As the process that opened the runs here. */
    Runs runs() {
        return new Runs(jdbc, new Whereabouts("night.example", 4711));
    }

    RunToken openRun(long executionId) {
        Runs runs = runs();
        RunToken opened =
                new RunToken(runs.open(RunOptions.everything(), new SettingsInForce("c0ffee", List.of())), executionId);
        runs.attach(opened);
        return opened;
    }

    Relation purchases() {
        return relation(Kind.PURCHASE, "warehouse.purchase");
    }

    Relation relation(Kind kind, String name) {
        return Objects.requireNonNull(new RelationInspector(database.dataSource())
                .inspect(Map.of(kind, name))
                .get(kind));
    }

    /** Stages all slices of the relation's window. */
    long stage(Relation relation) {
        return stage(relation, null);
    }

    long stage(Relation relation, @Nullable Instant since) {
        Staging staging = new Staging(jdbc, transaction(), true);
        StagingWindow window = staging.open(relation, LOOKBACK, since);
        return window.slices().stream()
                .mapToLong(slice -> staging.stage(run.runId(), window, slice))
                .sum();
    }

    /** Into {@code warehouse.purchase}, loaded and happened an hour ago unless the columns say otherwise. */
    void purchase(long id, String column, @Nullable Object value) {
        execute("""
                INSERT INTO warehouse.purchase
                    (id, app_token, environment, occurred_at, loaded_at, event_token, revenue, currency, gps_adid)
                VALUES (?, 'app1', 'production', now() - interval '1 hour', now() - interval '1 hour', 'evt1', 9.99,
                        'EUR', 'device-1')""", id);
        if (!column.equals("id")) {
            execute("UPDATE warehouse.purchase SET %s = %s WHERE id = ?".formatted(column, literal(value)), id);
        }
    }

    void purchase(long id) {
        purchase(id, "id", id);
    }

    private static String literal(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        return value instanceof Expression expression ? expression.sql : "'" + value + "'";
    }

    /** A value that the database works out. */
    record Expression(String sql) {}

    static Expression sql(String sql) {
        return new Expression(sql);
    }

    /** A row of the ledger without a row of the warehouse, as its statement would leave it in this state. */
    void ledgerRow(Kind kind, long rowId, @Nullable Long lane, Instant occurredAt) {
        execute("""
                INSERT INTO adjust_batch.delivery (kind, row_id, app_token, event_token, environment, currency, revenue,
                    occurred_at, lane, bucket, loaded_at, staged_at, staged_run_id)
                VALUES (?, ?, 'app1', 'evt1', 'production', 'EUR', 9.99, ?::timestamptz, ?, ?, now(), now(), ?)""", kind.key(), rowId, occurredAt.toString(), lane, (lane == null ? rowId : lane) & 255, run.runId());
    }

    /** Puts a row into a state as its transitions would leave it, without a journal entry. */
    void putInto(RowState state, Kind kind, long rowId) {
        execute(
                """
                UPDATE adjust_batch.delivery
                SET state = ?, attempts = greatest(attempts, 1), last_attempt_at = now(), run_id = ?,
                    held_by = CASE WHEN ? THEN 99 END, next_attempt_at = CASE WHEN ? THEN now() END,
                    finalized_at = CASE WHEN ? THEN now() END, decided_by = CASE WHEN ? THEN 'local' END
                WHERE kind = ? AND row_id = ?""",
                state.name(),
                run.runId(),
                state == RowState.HELD,
                state == RowState.DEFERRED,
                state.isFinal(),
                state.isFinal(),
                kind.key(),
                rowId);
    }

    String state(Kind kind, long rowId) {
        return delivery(kind, rowId, "state", String.class);
    }

    <T> T delivery(Kind kind, long rowId, String column, Class<T> type) {
        return jdbc.sql("SELECT " + column + " FROM adjust_batch.delivery WHERE kind = ? AND row_id = ?")
                .params(kind.key(), rowId)
                .query(type)
                .single();
    }

    /** The states that a row entered, in order. */
    List<String> journal(Kind kind, long rowId) {
        return jdbc.sql(
                        "SELECT state FROM adjust_batch.delivery_journal WHERE kind = ? AND row_id = ? ORDER BY entry_id")
                .params(kind.key(), rowId)
                .query(String.class)
                .list();
    }

    long count(String from) {
        return jdbc.sql("SELECT count(*) FROM " + from).query(Long.class).single();
    }

    BigDecimal money(String query) {
        return jdbc.sql(query).query(BigDecimal.class).single();
    }

    int execute(String sql, @Nullable Object... parameters) {
        return jdbc.sql(sql).params(Arrays.asList(parameters)).update();
    }
}
