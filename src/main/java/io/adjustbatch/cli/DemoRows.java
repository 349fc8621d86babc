package io.adjustbatch.cli;

import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Rows for the warehouse as they are being made up: columns by name, numbered within their kind. */
final class DemoRows {

    private final Map<Kind, List<Map<String, String>>> rows = new EnumMap<>(Kind.class);

    DemoRows() {
        for (Kind kind : Kind.values()) {
            rows.put(kind, new ArrayList<>());
        }
    }

    /**
     * Adds a row of the device.
     *
     * @param columns further columns; they win over the device's, and an empty value is null
     */
    void add(Kind kind, DemoDevice device, Instant at, Map<String, String> columns) {
        List<Map<String, String>> ofKind = of(kind);
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", String.valueOf(ofKind.size() + 1));
        row.put("occurred_at", at.toString());
        row.putAll(device.columns());
        row.putAll(columns);
        ofKind.add(row);
    }

    List<Map<String, String>> of(Kind kind) {
        return Objects.requireNonNull(rows.get(kind));
    }

    /** The names of all columns that rows of the kind have. */
    Set<String> columns(Kind kind) {
        Set<String> names = new LinkedHashSet<>();
        of(kind).forEach(row -> names.addAll(row.keySet()));
        return names;
    }
}
