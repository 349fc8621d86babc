package io.adjustbatch.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The runs that there have been, and the one there is, to be read: the table {@code run}. Threads may share it. */
public final class KeptRuns {

    private static final String RUNS = """
            SELECT run_id, state, execution_id, started_at, ended_at, host, process_id, exit_code, reason
            FROM adjust_batch.run
            """;

    private final JdbcClient jdbc;

    public KeptRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The run of that id. */
    public Optional<Run> find(long runId) {
        return jdbc.sql(RUNS + "WHERE run_id = :runId")
                .param("runId", runId)
                .query(KeptRuns::read)
                .optional();
    }

    /** The latest runs, the newest first. */
    public List<Run> latest(int count) {
        return jdbc.sql(RUNS + "ORDER BY run_id DESC LIMIT :count")
                .param("count", count)
                .query(KeptRuns::read)
                .list();
    }

    private static Run read(ResultSet row, int number) throws SQLException {
        return new Run(
                row.getLong("run_id"),
                RunState.valueOf(row.getString("state")),
                row.getObject("execution_id", Long.class),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                StagingMarks.instant(row.getObject("ended_at", OffsetDateTime.class)),
                row.getString("host"),
                row.getLong("process_id"),
                row.getObject("exit_code", Integer.class),
                row.getString("reason"));
    }
}
