package io.adjustbatch.testing;

import java.math.BigDecimal;
import java.util.SortedMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the ledger's own rows add up to at the end of a run: those that it, or a person since the run before, settled, and all
 * that are open. The journal, which reports are made of, has no part in it.
 *
 * @param files by report file, kind, state and app
 * @param states by kind and state, and by state alone
 * @param lines by kind and the words of the report page
 */
public record LedgerSums(
        SortedMap<String, BigDecimal> files,
        SortedMap<String, BigDecimal> states,
        SortedMap<String, BigDecimal> lines) {

    private static final String FILE = """
            CASE WHEN state = 'SENT' THEN 'sent.csv'
                 WHEN state IN ('IN_DOUBT', 'SENDING') THEN 'in-doubt.csv'
                 WHEN finalized_at IS NULL THEN 'unsettled.csv'
                 ELSE 'rejected.csv' END""";

    private static final String WORDS = """
            CASE WHEN state = 'SENDING' THEN 'In doubt'
                 ELSE left(state, 1) || lower(replace(substr(state, 2), '_', ' ')) END""";

    private static final String TOTAL = "CASE WHEN finalized_at IS NULL THEN 'Open at the end' ELSE 'Settled' END";

    /** Reads them while that run is the last. */
    public static LedgerSums of(JdbcClient jdbc, long runId) {
        return new LedgerSums(
                sums(jdbc, runId, FILE + " || ' ' || kind || ' ' || state || ' ' || app_token"),
                sums(jdbc, runId, "kind || ' ' || state", "'all ' || state"),
                sums(jdbc, runId, "kind || ' ' || " + WORDS, "kind || ' ' || " + TOTAL));
    }

    private static SortedMap<String, BigDecimal> sums(JdbcClient jdbc, long runId, String... names) {
        Sums sums = new Sums();
        for (String name : names) {
            jdbc.sql("""
                            SELECT %s AS name, currency, count(*)::numeric AS rows, sum(revenue) AS money
                            FROM adjust_batch.delivery
                            WHERE finalized_at IS NULL
                               OR finalized_at > (SELECT coalesce(max(ended_at), '-infinity') FROM adjust_batch.run WHERE run_id < ?)
                            GROUP BY name, currency""".formatted(name)).param(runId).query(row -> {
                sums.add(
                        row.getString("name"),
                        row.getBigDecimal("rows"),
                        row.getString("currency"),
                        row.getBigDecimal("money"));
            });
        }
        return sums.asMap();
    }
}
