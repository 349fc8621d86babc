package io.adjustbatch.ledger;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.policy.Scope;
import io.adjustbatch.warehouse.Kind;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the rows that a halt leaves to be sent. Reads only; threads may share it. */
public final class WaitingRows {

    private final JdbcClient jdbc;

    public WaitingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows of the scope that wait to be sent; those of all its platforms, for the ledger does not know a row's. */
    public long count(Scope scope) {
        String[] kinds = Arrays.stream(Kind.values())
                .filter(kind -> scope.endpoint() == null || scope.endpoint() == Endpoint.of(kind))
                .map(Kind::key)
                .toArray(String[]::new);
        return jdbc.sql("""
                        SELECT count(*) FROM adjust_batch.delivery
                        WHERE finalized_at IS NULL AND state IN ('PENDING', 'DEFERRED', 'HELD') AND kind = ANY (:kinds)
                          AND (:app::text IS NULL OR app_token = :app)
                          AND (:eventToken::text IS NULL OR event_token = :eventToken)""")
                .param("kinds", kinds)
                .param("app", scope.appToken())
                .param("eventToken", scope.eventToken())
                .query(Long.class)
                .single();
    }
}
