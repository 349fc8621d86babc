package io.adjustbatch.job;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schemas up to date: {@code adjust_batch} always, {@code warehouse} only where one of its tables is in use,
 * for the company's own relations are never touched. Safe to repeat, and safe beside another process that does the same.
 */
public final class Migration {

    private final DataSource dataSource;
    private final WarehouseSettings warehouse;

    public Migration(DataSource dataSource, WarehouseSettings warehouse) {
        this.dataSource = dataSource;
        this.warehouse = warehouse;
    }

    /** Applies what is missing. */
    public void migrate() {
        migrate("adjust_batch");
        if (usesDefaultRelations()) {
            migrate("warehouse");
        }
    }

    private boolean usesDefaultRelations() {
        return warehouse.relations().entrySet().stream().anyMatch(Migration::isDefault);
    }

    private static boolean isDefault(Map.Entry<Kind, String> relation) {
        return relation.getValue().equals("warehouse." + relation.getKey().key());
    }

    private void migrate(String schema) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas(schema)
                .defaultSchema(schema)
                .table("flyway_history")
                .locations("classpath:sql/" + schema)
                .load()
                .migrate();
    }
}
