package io.adjustbatch.warehouse;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real PostgreSQL with the default warehouse in it, one for all tests of this package. */
final class WarehouseDatabase {

    private WarehouseDatabase() {}

    private static final class Holder {

        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A database of that name, dropped first if there is one. */
    static DataSource fresh(String name) {
        JdbcClient server = JdbcClient.create(Holder.SERVER.getPostgresDatabase());
        server.sql("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)").update();
        server.sql("CREATE DATABASE " + name).update();
        return Holder.SERVER.getDatabase("postgres", name);
    }

    /** The same database, as another role. */
    static DataSource as(String role, String name) {
        return Holder.SERVER.getDatabase(role, name);
    }

    /** A database with the default tables, from the scripts that production runs. */
    static DataSource withDefaultTables(String name) {
        DataSource database = fresh(name);
        Flyway.configure()
                .dataSource(database)
                .schemas("warehouse")
                .locations("classpath:sql/warehouse")
                .load()
                .migrate();
        return database;
    }
}
