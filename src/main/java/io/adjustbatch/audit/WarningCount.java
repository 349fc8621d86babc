package io.adjustbatch.audit;

import io.adjustbatch.audit.Warning.Cause;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds what is suspicious in a window, in the journal and so the same for ever. */
final class WarningCount {

    /** Fewer rows say nothing of an event token or an app. */
    private static final long LEAST_ROWS = 20;

    private final JdbcClient jdbc;
    private final Window window;

    WarningCount(JdbcClient jdbc, Window window) {
        this.jdbc = jdbc;
        this.window = window;
    }

    /** In the order of kinds; none for most nights. */
    List<Warning> warnings(List<KindSummary> kinds) {
        List<Warning> warnings = new ArrayList<>();
        for (KindSummary kind : kinds) {
            long drifted = drifted(kind.kind());
            if (drifted > 0) {
                warnings.add(new Warning(Cause.DRIFT, kind.kind(), null, null, drifted, 0));
            }
            if (kind.in(RowState.DUPLICATE).rows() >= LEAST_ROWS && kind.kind() == Kind.PURCHASE) {
                warnings.addAll(most(Cause.MOSTLY_DUPLICATES, kind.kind(), "j.state = 'DUPLICATE'", "d.event_token"));
            }
            if (unknownDevices(kind) >= LEAST_ROWS) {
                warnings.addAll(most(
                        Cause.MOSTLY_UNKNOWN_DEVICES, kind.kind(), "j.error_class = 'DEVICE_UNKNOWN'", "NULL::text"));
            }
            if (kind.staged().rows() == 0 && expected(kind.kind())) {
                warnings.add(new Warning(Cause.NO_ROWS, kind.kind(), null, null, 0, 0));
            }
        }
        return warnings;
    }

    private static long unknownDevices(KindSummary kind) {
        return Stream.concat(kind.settled().stream(), kind.open().stream())
                .filter(share -> Objects.equals(share.errorClass(), "DEVICE_UNKNOWN"))
                .mapToLong(share -> share.tally().rows())
                .sum();
    }

    /** More than half of the answers that ended a row, or left it to a later run. */
    private List<Warning> most(Cause cause, Kind kind, String counted, String eventToken) {
        return jdbc.sql("""
                        SELECT app_token, event_token, rows, answered
                        FROM (
                            SELECT d.app_token, %s AS event_token, count(*) FILTER (WHERE %s) AS rows, count(*) AS answered
                            FROM adjust_batch.delivery_journal j
                            JOIN adjust_batch.delivery d ON d.kind = :kind AND d.row_id = j.row_id
                            WHERE j.kind = :kind AND %s AND j.decided_by = 'adjust' AND j.state <> 'PENDING'
                            GROUP BY 1, 2
                        ) a
                        WHERE rows >= :least AND rows * 2 > answered
                        ORDER BY app_token, event_token""".formatted(eventToken, counted, window.entries()))
                .param("kind", kind.key())
                .param("least", LEAST_ROWS)
                .params(window.parameters())
                .query((row, number) -> warning(row, cause, kind))
                .list();
    }

    private static Warning warning(ResultSet row, Cause cause, Kind kind) throws SQLException {
        return new Warning(
                cause,
                kind,
                row.getString("app_token"),
                row.getString("event_token"),
                row.getLong("rows"),
                row.getLong("answered"));
    }

    /**
     * A period is not a night, and neither is a second run after one that took rows. Nor is a kind missed that never had a
     * row, as long as another has: not every company has all kinds.
     */
    private boolean expected(Kind kind) {
        return window instanceof RunWindow run
                && jdbc.sql("""
                                SELECT EXISTS (SELECT FROM adjust_batch.run_kind r
                                    WHERE r.run_id = :run AND r.kind = :kind
                                      AND NOT EXISTS (SELECT FROM adjust_batch.staged_total t
                                          JOIN adjust_batch.run n ON n.run_id = :run
                                          WHERE t.kind = :kind AND t.run_id <= :run
                                            AND t.at > n.started_at - make_interval(hours => :night))
                                      AND (r.expect_rows = 'fail' OR r.expect_rows = 'warn' AND (
                                          EXISTS (SELECT FROM adjust_batch.staged_total t
                                              WHERE t.kind = :kind AND t.run_id < :run)
                                          OR NOT EXISTS (SELECT FROM adjust_batch.staged_total t WHERE t.run_id <= :run))))""")
                        .param("run", run.runId())
                        .param("kind", kind.key())
                        .param("night", Runs.NIGHT_HOURS)
                        .query(Boolean.class)
                        .single();
    }

    private long drifted(Kind kind) {
        return window instanceof RunWindow run
                ? jdbc.sql("""
                                SELECT coalesce(sum(row_count), 0)::bigint FROM adjust_batch.run_drift
                                WHERE run_id = :run AND kind = :kind""")
                        .param("run", run.runId())
                        .param("kind", kind.key())
                        .query(Long.class)
                        .single()
                : 0;
    }
}
