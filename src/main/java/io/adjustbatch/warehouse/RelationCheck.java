package io.adjustbatch.warehouse;

import io.adjustbatch.warehouse.Catalogue.Found;
import io.adjustbatch.warehouse.Catalogue.FoundColumn;
import io.adjustbatch.warehouse.UnfitRelationsException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a relation that exists will do for its kind. A decision without I/O. */
final class RelationCheck {

    private final Kind kind;
    private final Found relation;
    private final List<FoundColumn> columns;

    /** @param columns those that the kind knows */
    RelationCheck(Kind kind, Found relation, List<FoundColumn> columns) {
        this.kind = kind;
        this.relation = relation;
        this.columns = columns;
    }

    /** Everything that keeps it from being read; empty if it will do. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        checkPrivileges(problems);
        checkRequiredColumns(problems);
        checkIdentifiers(problems);
        checkTypes(problems);
        return problems;
    }

    /** The relation, if there are no problems. */
    Relation relation() {
        return new Relation(
                kind,
                relation.name(),
                columns.stream().collect(Collectors.toMap(FoundColumn::name, FoundColumn::type)),
                warnings());
    }

    private void checkPrivileges(List<Problem> problems) {
        if (!relation.schemaUsable()) {
            problems.add(problem(
                    "role %s may not use schema %s".formatted(relation.role(), relation.schema()),
                    "GRANT USAGE ON SCHEMA %s TO %s".formatted(relation.schema(), relation.role())));
        }
        String unreadable = names(Predicate.not(FoundColumn::readable));
        if (unreadable.isEmpty()) {
            return;
        }
        problems.add(
                names(FoundColumn::readable).isEmpty()
                        ? problem(
                                "role %s may not read it".formatted(relation.role()),
                                "GRANT SELECT ON %s TO %s".formatted(relation.name(), relation.role()))
                        : problem(
                                "role %s may not read %s".formatted(relation.role(), unreadable),
                                "GRANT SELECT (%s) ON %s TO %s, or name a view that does without"
                                        .formatted(unreadable, relation.name(), relation.role())));
    }

    private void checkRequiredColumns(List<Problem> problems) {
        Set<String> present = names();
        String missing = Columns.of(kind).stream()
                .filter(Column::required)
                .map(Column::name)
                .filter(name -> !present.contains(name))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            problems.add(problem(
                    "it has no column " + missing,
                    "Add what is missing, or name a view that has it: rows cannot be sent without"));
        }
    }

    private void checkIdentifiers(List<Problem> problems) {
        if (!Columns.canIdentify(names())) {
            problems.add(problem(
                    "it has no device identifier",
                    "Add one of the columns %s, or parameters with one of these as a key"
                            .formatted(String.join(", ", Columns.IDENTIFIERS))));
        }
    }

    private void checkTypes(List<Problem> problems) {
        Map<String, Column> known =
                Columns.of(kind).stream().collect(Collectors.toMap(Column::name, Function.identity()));
        for (FoundColumn column : columns) {
            Column expected = known.get(column.name());
            if (expected != null && !expected.use().takes(column.type())) {
                problems.add(problem(
                        "column %s is %s".formatted(column.name(), column.typeName()),
                        "It " + expected.use().rule()));
            }
        }
    }

    private List<String> warnings() {
        return Stream.of("id", "loaded_at")
                .filter(name -> relation.stored()
                        && names(column -> column.name().equals(name) && column.indexed())
                                .isEmpty())
                .map(name -> problem("no index begins with " + name, "Every night reads all of it until one does")
                        .toString())
                .toList();
    }

    private Set<String> names() {
        return columns.stream().map(FoundColumn::name).collect(Collectors.toSet());
    }

    private String names(Predicate<FoundColumn> which) {
        return columns.stream().filter(which).map(FoundColumn::name).collect(Collectors.joining(", "));
    }

    private Problem problem(String fault, String remedy) {
        return new Problem(
                "%s (%s): %s".formatted(WarehouseSettings.relationKey(kind), relation.name(), fault), remedy);
    }
}
