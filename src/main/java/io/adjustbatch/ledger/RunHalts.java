package io.adjustbatch.ledger;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each run halted: the table {@code run_halt}. Threads may share it. */
public final class RunHalts {

    private final JdbcClient jdbc;

    public RunHalts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes down what a run has halted; what a former end of the run took down is gone. */
    public void replace(long runId, List<HaltedScope> halts) {
        jdbc.sql("DELETE FROM adjust_batch.run_halt WHERE run_id = ?")
                .param(runId)
                .update();
        for (int i = 0; i < halts.size(); i++) {
            HaltedScope halt = halts.get(i);
            jdbc.sql("""
                            INSERT INTO adjust_batch.run_halt (run_id, halt, scope, cause, remedy, waiting_rows)
                            VALUES (:runId, :halt, :scope, :cause, :remedy, :waitingRows)""")
                    .param("runId", runId)
                    .param("halt", i + 1)
                    .param("scope", halt.scope())
                    .param("cause", halt.cause())
                    .param("remedy", halt.remedy())
                    .param("waitingRows", halt.waitingRows())
                    .update();
        }
    }

    /** What a run halted, in the order in which it was met; nothing for runs from before that was kept. */
    public List<HaltedScope> of(long runId) {
        return jdbc.sql(
                        "SELECT scope, cause, remedy, waiting_rows FROM adjust_batch.run_halt WHERE run_id = ? ORDER BY halt")
                .param(runId)
                .query(HaltedScope.class)
                .list();
    }
}
