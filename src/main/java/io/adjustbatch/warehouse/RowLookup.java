package io.adjustbatch.warehouse;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds single rows of the warehouse, for people's commands. Threads may share it. */
public final class RowLookup {

    private final JdbcClient jdbc;
    private final RelationInspector inspector;
    private final WarehouseSettings settings;

    public RowLookup(DataSource dataSource, WarehouseSettings settings) {
        this.jdbc = JdbcClient.create(dataSource);
        this.inspector = new RelationInspector(dataSource);
        this.settings = settings;
    }

    /**
     * The row as it stands there now; empty if there is none, or its kind is switched off.
     *
     * @throws UnfitRelationsException if the kind's relation cannot be used
     */
    public Optional<WarehouseRow> find(Kind kind, long rowId) {
        String name = settings.relations().get(kind);
        return name == null ? Optional.empty() : find(inspector.inspect(kind, name), rowId);
    }

    private Optional<WarehouseRow> find(Relation relation, long rowId) {
        return jdbc.sql("SELECT " + relation.rowColumns("w") + " FROM " + relation.name() + " w WHERE w.id = ? LIMIT 1")
                .param(rowId)
                .query((result, row) -> Optional.ofNullable(relation.readRow(result, 1)))
                .optional()
                .flatMap(found -> found);
    }
}
