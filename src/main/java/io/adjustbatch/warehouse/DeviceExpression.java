package io.adjustbatch.warehouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The SQL that finds a row's device: the first identifier that is neither blank nor all zeros. */
final class DeviceExpression {

    private static final String BLANKS = "E' \\t\\n\\r\\f\\x0B'";

    /**
     * What an absent identifier consists of: blanks, and the zeros and hyphens of the advertising id that a device
     * reports when its user refuses to be tracked. Trimming these is much cheaper than matching an expression.
     */
    private static final String NOTHING = "E' \\t\\n\\r\\f\\x0B0-'";

    private DeviceExpression() {}

    /** The name of the identifier, as text. */
    static String name(Relation relation, String alias) {
        return firstPresent(relation, alias, (identifier, value) -> "'" + identifier + "'");
    }

    /** The value of the identifier, as text. Collation "C", so that every server folds the same letters. */
    static String value(Relation relation, String alias) {
        return firstPresent(
                relation, alias, (identifier, value) -> "lower(btrim(%s, %s) COLLATE \"C\")".formatted(value, BLANKS));
    }

    private static String firstPresent(Relation relation, String alias, BiFunction<String, String, String> result) {
        List<String> cases = new ArrayList<>();
        candidates(relation, alias)
                .forEach((identifier, value) -> cases.add(
                        "WHEN btrim(%s, %s) <> '' THEN %s".formatted(value, NOTHING, result.apply(identifier, value))));
        return cases.isEmpty() ? "NULL::text" : "CASE " + String.join(" ", cases) + " END";
    }

    /** Where each identifier's value stands. Identifiers that the relation cannot hold are left out. */
    private static Map<String, String> candidates(Relation relation, String alias) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String identifier : Relation.IDENTIFIERS) {
            if (relation.has(identifier)) {
                values.put(identifier, relation.text(alias, identifier));
            } else if (relation.hasReadableParameters()) {
                // Null, not an error, for an array or a scalar
                values.put(identifier, "(%s.parameters->>'%s')".formatted(alias, identifier));
            }
        }
        return values;
    }
}
