package io.adjustbatch.warehouse;

import io.adjustbatch.warehouse.UnfitRelationsException.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out, before a run touches anything, whether the company's relations can be read and how.
 *
 * <p>Looks into PostgreSQL's catalogue, so that views, foreign and partitioned tables are as good as plain ones, and
 * reads no row. Threads may share it.
 */
public final class RelationInspector {

    private final Catalogue catalogue;
    private final JdbcClient jdbc;

    public RelationInspector(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
        this.catalogue = new Catalogue(jdbc);
    }

    /**
     * The relations of several kinds, in the order of the kinds.
     *
     * @param names each kind's relation, as {@link WarehouseSettings#relations} gives them
     * @throws UnfitRelationsException if any of them cannot be used; names every problem of all of them
     */
    public Map<Kind, Relation> inspect(Map<Kind, String> names) {
        List<Problem> problems = new ArrayList<>();
        Map<Kind, Relation> relations = new EnumMap<>(Kind.class);
        names.forEach(
                (kind, name) -> inspect(kind, name, problems).ifPresent(relation -> relations.put(kind, relation)));
        if (!problems.isEmpty()) {
            throw new UnfitRelationsException(problems);
        }
        return Collections.unmodifiableMap(relations);
    }

    /**
     * The relation of one kind.
     *
     * @param name {@code schema.name}, or {@code name} if the search path leads to it
     * @throws UnfitRelationsException if it cannot be used; names every problem
     */
    public Relation inspect(Kind kind, String name) {
        List<Problem> problems = new ArrayList<>();
        return inspect(kind, name, problems).orElseThrow(() -> new UnfitRelationsException(problems));
    }

    private Optional<Relation> inspect(Kind kind, String name, List<Problem> problems) {
        RelationName wanted = RelationName.of(name);
        Optional<Catalogue.Found> found = catalogue.find(wanted);
        if (found.isEmpty()) {
            problems.add(missing(kind, name, wanted));
            return Optional.empty();
        }
        RelationCheck check = new RelationCheck(kind, found.get(), catalogue.columns(found.get(), kind));
        List<Problem> faults = check.problems();
        if (faults.isEmpty()) {
            Relation relation = check.relation();
            faults = tryOut(relation);
            if (faults.isEmpty()) {
                return Optional.of(relation);
            }
        }
        problems.addAll(faults);
        return Optional.empty();
    }

    private Problem missing(Kind kind, String name, RelationName wanted) {
        List<String> others = catalogue.namesakes(wanted);
        return new Problem(
                "%s: there is no table or view %s in database %s"
                        .formatted(WarehouseSettings.relationKey(kind), name, catalogue.database()),
                others.isEmpty()
                        ? "Create it, correct the setting, or set it to none to send no rows of this kind"
                        : "Did you mean " + String.join(" or ", others) + "?");
    }

    /** What the catalogue does not tell: a view whose owner lost a privilege, a materialized view never filled. */
    private List<Problem> tryOut(Relation relation) {
        try {
            jdbc.sql("SELECT %s, %s, %s FROM %s w LIMIT 0"
                            .formatted(
                                    relation.rowColumns("w"),
                                    relation.deviceName("w"),
                                    relation.device("w"),
                                    relation.name()))
                    .query(result -> {});
            return List.of();
        } catch (DataAccessException e) {
            String key = WarehouseSettings.relationKey(relation.kind());
            return List.of(new Problem(
                    "%s: PostgreSQL cannot read %s: %s"
                            .formatted(
                                    key,
                                    relation.name(),
                                    e.getMostSpecificCause().getMessage()),
                    "Mend it so that SELECT * FROM " + relation.name() + " works for this role"));
        }
    }
}
