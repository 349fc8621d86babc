package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;

/** The SQL that takes down what identifies and values a warehouse row. Every expression is total: no row fails it. */
final class FrozenColumns {

    /** The columns of {@code delivery} that {@link #select} yields, in its order. */
    static final String NAMES = "row_id, app_token, event_token, environment, currency, revenue, occurred_at,"
            + " transaction_id, loaded_at, staging_fault, lane, bucket";

    /** {@code uuid}: what stands for a purchase's transaction; null if it names none. For a row of {@link #select}. */
    static final String TRANSACTION_DIGEST = """
            CASE WHEN n.transaction_id IS NOT NULL THEN encode(substring(sha256(convert_to(
                concat(n.app_token, chr(31), n.environment, chr(31), n.event_token, chr(31), n.transaction_id),
                getdatabaseencoding())) FROM 1 FOR 16), 'hex')::uuid END""";

    private FrozenColumns() {}

    /** The same names, each of that relation. */
    static String names(String alias) {
        return alias + "." + NAMES.replace(", ", ", " + alias + ".");
    }

    /**
     * A query of {@link #NAMES} over the rows of the relation that meet a condition.
     *
     * @param condition SQL in which {@code w} is the relation
     */
    static String select(Relation relation, String condition) {
        return """
                SELECT row_id, app_token, event_token, environment, currency, revenue, occurred_at, transaction_id,
                       loaded_at, staging_fault, lane, (coalesce(lane, row_id) & 255)::smallint AS bucket
                FROM (
                    SELECT f.*, %s AS lane
                    FROM (
                        SELECT w.id::bigint AS row_id,
                               %s AS app_token,
                               %s AS event_token,
                               %s AS environment,
                               upper(%s) AS currency,
                               %s AS revenue,
                               %s AS occurred_at,
                               %s AS transaction_id,
                               CASE WHEN isfinite(w.loaded_at) THEN w.loaded_at END AS loaded_at,
                               %s AS staging_fault,
                               %s AS device_name,
                               %s AS device
                        FROM %s w
                        WHERE w.id IS NOT NULL AND (%s)
                    ) f
                ) l
                """.formatted(
                        lane(relation.kind()),
                        relation.text("w", "app_token"),
                        relation.text("w", "event_token"),
                        relation.text("w", "environment"),
                        relation.text("w", "currency"),
                        relation.revenue("w"),
                        relation.occurredAt("w"),
                        relation.text("w", "transaction_id"),
                        fault(relation),
                        relation.deviceName("w"),
                        relation.device("w"),
                        relation.name(),
                        condition);
    }

    /** 64 bits of a hash over what Adjust orders by; the separator cannot occur in a token. */
    private static String lane(Kind kind) {
        if (kind == Kind.AD_REVENUE) {
            return "NULL::bigint";
        }
        return """
                CASE WHEN f.device IS NOT NULL THEN ('x' || encode(substring(sha256(convert_to(
                    concat('%s', chr(31), f.app_token, chr(31), f.environment, chr(31), f.event_token, chr(31),
                           f.device_name, chr(31), f.device), getdatabaseencoding()))
                    FROM 1 FOR 8), 'hex'))::bit(64)::bigint END""".formatted(kind.key());
    }

    private static String fault(Relation relation) {
        String time = """
                CASE WHEN w.occurred_at IS NULL THEN 'occurred_at is missing'
                     WHEN NOT isfinite(w.occurred_at) THEN 'occurred_at is not a finite time' END""";
        if (!relation.has("revenue")) {
            return time;
        }
        return """
                nullif(concat_ws('; ', %s,
                    CASE WHEN w.revenue IS NOT NULL AND (%s) IS NULL THEN 'revenue is not a finite number' END), '')""".formatted(time, relation.revenue("w"));
    }
}
