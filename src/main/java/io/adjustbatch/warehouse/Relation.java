package io.adjustbatch.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A kind's table or view as {@link RelationInspector} found it, and the SQL that reads it.
 *
 * <p>Every expression below is total: whatever a row holds, it yields a value or null and no statement fails, so that
 * one bad row cannot stop the others. {@code alias} is always the name that the statement gives to this relation. The
 * columns {@code id} and {@code loaded_at} always exist; where they are compared, name them as they are, so that their
 * indexes serve.
 *
 * <p>Immutable: threads may share it.
 */
public final class Relation {

    /**
     * The parameters that identify a device, the preferred ones first (dev.adjust.com, "Server-to-server API"). Each
     * may be a column, or else a key of the column {@code parameters}.
     */
    public static final List<String> IDENTIFIERS = Columns.IDENTIFIERS;

    /** Text that has a component of its own in {@link WarehouseRow}. */
    private static final List<String> FIXED = List.of(
            "app_token",
            "environment",
            "event_token",
            "currency",
            "transaction_id",
            "callback_params",
            "partner_params",
            "parameters");

    private static final Set<String> NO_PARAMETER = Stream.concat(
                    FIXED.stream(), Stream.of("id", "occurred_at", "loaded_at", "revenue"))
            .collect(Collectors.toUnmodifiableSet());

    /** {@code id}, {@code occurred_at}, {@code revenue}, then {@link #FIXED}. */
    private static final int FIRST_PARAMETER = 3 + FIXED.size();

    private final Kind kind;
    private final String name;
    private final Map<String, ColumnType> columns;
    private final List<String> warnings;
    private final String[] parameters;

    /** @param columns those of {@link Columns#of} that the relation has */
    Relation(Kind kind, String name, Map<String, ColumnType> columns, List<String> warnings) {
        this.kind = kind;
        this.name = name;
        this.columns = Map.copyOf(columns);
        this.warnings = List.copyOf(warnings);
        this.parameters = Columns.of(kind).stream()
                .map(Column::name)
                .filter(column -> columns.containsKey(column) && !NO_PARAMETER.contains(column))
                .toArray(String[]::new);
    }

    public Kind kind() {
        return kind;
    }

    /** Schema and name, quoted where PostgreSQL needs it: fit for a statement and for people. */
    public String name() {
        return name;
    }

    /** What works but may not be meant, such as a missing index: one sentence each, with its remedy. */
    public List<String> warnings() {
        return warnings;
    }

    /** Whether the relation has this column. Always false for a column that the kind does not know. */
    public boolean has(String column) {
        return columns.containsKey(column);
    }

    /** The column as text; a null of type text if the relation does not have it. Booleans are {@code 1} and {@code 0}. */
    public String text(String alias, String column) {
        ColumnType type = columns.get(column);
        return type == null ? "NULL::text" : type.text(alias + "." + column);
    }

    /** {@code timestamptz}: when it happened; null if that is not a finite time. */
    public String occurredAt(String alias) {
        return "CASE WHEN isfinite(%1$s.occurred_at) THEN %1$s.occurred_at END".formatted(alias);
    }

    /** {@code numeric}: the money, exactly as stored; null if it is no finite number, or the kind has none. */
    public String revenue(String alias) {
        return has("revenue")
                ? "CASE WHEN %1$s.revenue::numeric NOT IN ('NaN', 'Infinity', '-Infinity') THEN %1$s.revenue::numeric END"
                        .formatted(alias)
                : "NULL::numeric";
    }

    /** {@code text}: which of {@link #IDENTIFIERS} names the row's device; null if it has none. */
    public String deviceName(String alias) {
        return DeviceExpression.name(this, alias);
    }

    /**
     * {@code text}: the value of the identifier of {@link #deviceName}, trimmed and its ASCII letters in lower case, so
     * that one device written in two ways is one; null if the row has none.
     */
    public String device(String alias) {
        return DeviceExpression.value(this, alias);
    }

    /** Whether {@code parameters} can be looked into. Text and {@code json} can hold what PostgreSQL fails to extract. */
    boolean hasReadableParameters() {
        return columns.get("parameters") == ColumnType.JSONB;
    }

    /** The type of every column it has. */
    Map<String, ColumnType> columns() {
        return columns;
    }

    /** What {@link #readRow} reads, as a select list of {@link #columnCount} columns; {@code id} comes first. */
    public String rowColumns(String alias) {
        return Stream.of(
                        Stream.of(alias + ".id", occurredAt(alias), revenue(alias)),
                        FIXED.stream().map(column -> text(alias, column)),
                        Stream.of(parameters).map(column -> text(alias, column)))
                .flatMap(expressions -> expressions)
                .collect(Collectors.joining(", "));
    }

    /** How many columns {@link #rowColumns} selects. */
    public int columnCount() {
        return FIRST_PARAMETER + parameters.length;
    }

    /**
     * The row that stands in a result of {@link #rowColumns}.
     *
     * @param firstColumn where in the result it begins, counted from 1
     * @return null if its {@code id} is: an outer join has found no such row
     */
    public @Nullable WarehouseRow readRow(ResultSet result, int firstColumn) throws SQLException {
        long id = result.getLong(firstColumn);
        if (result.wasNull()) {
            return null;
        }
        int column = firstColumn + 3;
        return new WarehouseRow(
                kind,
                id,
                result.getString(column),
                result.getString(column + 1),
                instant(result, firstColumn + 1),
                result.getString(column + 2),
                result.getBigDecimal(firstColumn + 2),
                result.getString(column + 3),
                result.getString(column + 4),
                parameters(result, firstColumn + FIRST_PARAMETER),
                result.getString(column + 5),
                result.getString(column + 6),
                result.getString(column + 7));
    }

    private static @Nullable Instant instant(ResultSet result, int column) throws SQLException {
        OffsetDateTime time = result.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private Map<String, String> parameters(ResultSet result, int firstColumn) throws SQLException {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i++) {
            String value = result.getString(firstColumn + i);
            if (value != null && !value.isBlank()) {
                values.put(parameters[i], value);
            }
        }
        return Collections.unmodifiableMap(values);
    }
}
