package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Relation;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL that finds the rows of one relation on which warehouse and ledger disagree. */
final class ComparisonQuery {

    private static final List<String> COLUMNS =
            List.of("app_token", "environment", "event_token", "currency", "revenue", "occurred_at", "transaction_id");

    private final Relation relation;
    private final ComparisonScope scope;

    ComparisonQuery(Relation relation, ComparisonScope scope) {
        this.relation = relation;
        this.scope = scope;
    }

    /** A {@code WITH} clause that defines {@code different (row_id, sort, finding)}. */
    String different() {
        return "WITH %sdifferent AS (%s UNION %s UNION %s UNION %s) "
                .formatted(suspects(), missing(), changed(), gone(), repeated());
    }

    /** Rows of the window itself are not missing: the next run takes them. */
    private String missing() {
        return """
                SELECT w.id::bigint AS row_id, 'MISSING' AS sort,
                       CASE WHEN isfinite(w.loaded_at)
                            THEN 'is not in the ledger, though it was loaded before the last staging'
                            ELSE 'is not in the ledger, and nothing says when it was loaded' END AS finding
                FROM %1$s w
                WHERE w.id IS NOT NULL AND NOT %3$s
                  AND (isfinite(w.loaded_at) AND w.loaded_at < :opensAt
                       OR %2$s AND (isfinite(w.loaded_at) AND w.loaded_at > :markedAt) IS NOT TRUE)
                  AND NOT EXISTS (SELECT FROM adjust_batch.delivery d WHERE d.kind = :kind AND d.row_id = w.id)
                  AND %4$s
                """.formatted(relation.name(), isSuspect("w.id"), Staging.LEFT_OUT, occurred(relation.occurredAt("w")));
    }

    /** Rows never attempted are staged anew if they change. */
    private String changed() {
        return """
                SELECT d.row_id, 'CHANGED',
                       CASE WHEN d.attempts > 0 THEN 'has changed since it was sent: '
                            ELSE 'is not what it was when it was staged: ' END || concat_ws(', ', %1$s)
                FROM adjust_batch.delivery d JOIN (%2$s) f USING (row_id)
                WHERE d.kind = :kind AND (d.attempts > 0 OR %3$s) AND (%4$s) AND %5$s
                """.formatted(
                        COLUMNS.stream().map(ComparisonQuery::change).collect(Collectors.joining(", ")),
                        FrozenColumns.select(relation, "true"),
                        isSuspect("row_id"),
                        COLUMNS.stream()
                                .map("d.%1$s IS DISTINCT FROM f.%1$s"::formatted)
                                .collect(Collectors.joining(" OR ")),
                        occurred("d.occurred_at"));
    }

    private String gone() {
        return """
                SELECT d.row_id, 'GONE', 'is in the ledger, and no longer in the warehouse'
                FROM adjust_batch.delivery d
                WHERE d.kind = :kind AND NOT EXISTS (SELECT FROM %s w WHERE w.id = d.row_id) AND %s
                """.formatted(relation.name(), occurred("d.occurred_at"));
    }

    private String repeated() {
        return """
                SELECT w.id::bigint, 'REPEATED', 'occurs ' || count(*) || ' times in the warehouse'
                FROM %s w WHERE w.id IS NOT NULL AND %s GROUP BY w.id HAVING count(*) > 1
                """.formatted(relation.name(), occurred(relation.occurredAt("w")));
    }

    /** The rows of the groups that do not balance, by what either side says of them; nothing if all groups balance. */
    private String suspects() {
        return scope.unbalanced().isEmpty() ? "" : """
                unbalanced AS (
                    SELECT * FROM unnest(:apps::text[], :environments::text[], :events::text[], :currencies::text[], :days::date[])
                        AS g (app_token, environment, event_token, currency, utc_day)),
                suspect AS MATERIALIZED (
                    SELECT s.row_id
                    FROM (SELECT row_id, app_token, environment, event_token, currency, occurred_at FROM (%s) f
                          UNION ALL
                          SELECT row_id, app_token, environment, event_token, currency, occurred_at
                          FROM adjust_batch.delivery WHERE kind = :kind) s
                    WHERE EXISTS (SELECT FROM unbalanced u
                        WHERE s.app_token IS NOT DISTINCT FROM u.app_token
                          AND s.environment IS NOT DISTINCT FROM u.environment
                          AND s.event_token IS NOT DISTINCT FROM u.event_token
                          AND s.currency IS NOT DISTINCT FROM u.currency
                          AND (s.occurred_at AT TIME ZONE 'UTC')::date IS NOT DISTINCT FROM u.utc_day)),
                """.formatted(FrozenColumns.select(relation, "true"));
    }

    private String isSuspect(String rowId) {
        return scope.unbalanced().isEmpty() ? "false" : rowId + " IN (SELECT row_id FROM suspect)";
    }

    private String occurred(String time) {
        return scope.isBounded()
                ? "((%s) AT TIME ZONE 'UTC')::date BETWEEN coalesce(:from::date, '-infinity') AND coalesce(:to::date, 'infinity')"
                        .formatted(time)
                : "true";
    }

    private static String change(String column) {
        return "CASE WHEN d.%1$s IS DISTINCT FROM f.%1$s THEN concat('%1$s was ', %2$s, ', is ', %3$s) END"
                .formatted(column, shown("d", column), shown("f", column));
    }

    private static String shown(String alias, String column) {
        String value = alias + "." + column;
        return "coalesce(%s, 'none')"
                .formatted(
                        column.equals("occurred_at")
                                ? "to_char(%s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')".formatted(value)
                                : value + "::text");
    }
}
