package io.adjustbatch.warehouse;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL's own record of what relations and columns there are, and which the connected role may read. */
final class Catalogue {

    /** Tables (r), partitioned ones (p), views (v), materialized ones (m) and foreign tables (f). */
    private static final String READABLE_KINDS = "('r', 'p', 'v', 'm', 'f')";

    private final JdbcClient jdbc;

    /**
     * A relation.
     *
     * @param name schema and name, quoted where needed
     * @param role the connected one
     * @param schemaUsable whether the role has USAGE on the schema
     * @param stored whether it can have indexes
     */
    record Found(long oid, String schema, String name, String role, boolean schemaUsable, boolean stored) {}

    /**
     * A column of a relation.
     *
     * @param typeName the declared type, as PostgreSQL writes it
     * @param readable whether the role has SELECT on it
     * @param indexed whether a complete index begins with it
     */
    record FoundColumn(String name, ColumnType type, String typeName, boolean readable, boolean indexed) {}

    Catalogue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Found> find(RelationName wanted) {
        return jdbc.sql("""
                        SELECT c.oid, quote_ident(n.nspname) AS schema, format('%I.%I', n.nspname, c.relname) AS name,
                               quote_ident(current_user) AS role, has_schema_privilege(n.oid, 'USAGE') AS usable,
                               c.relkind IN ('r', 'p', 'm') AS stored
                          FROM pg_catalog.pg_class c
                          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                         WHERE c.relkind IN %s AND c.relname = :name
                           AND CASE WHEN :schema::text IS NULL THEN pg_catalog.pg_table_is_visible(c.oid)
                                    ELSE n.nspname = :schema END
                        """.replace("%s", READABLE_KINDS))
                .param("name", wanted.name())
                .param("schema", wanted.schema())
                .query((row, number) -> new Found(
                        row.getLong("oid"),
                        row.getString("schema"),
                        row.getString("name"),
                        row.getString("role"),
                        row.getBoolean("usable"),
                        row.getBoolean("stored")))
                .optional();
    }

    /** Relations of that name, in any letters' case, in any schema. */
    List<String> namesakes(RelationName wanted) {
        return jdbc.sql("""
                        SELECT format('%I.%I', n.nspname, c.relname)
                          FROM pg_catalog.pg_class c
                          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                         WHERE c.relkind IN %s AND lower(c.relname) = lower(:name)
                           AND n.nspname NOT IN ('pg_catalog', 'information_schema')
                         ORDER BY 1
                         LIMIT 5
                        """.replace("%s", READABLE_KINDS))
                .param("name", wanted.name())
                .query(String.class)
                .list();
    }

    String database() {
        return jdbc.sql("SELECT current_database()").query(String.class).single();
    }

    /** Those of the relation's columns that the kind knows. */
    List<FoundColumn> columns(Found relation, Kind kind) {
        return jdbc.sql("""
                        SELECT a.attname, base.typname, base.typcategory,
                               pg_catalog.format_type(a.atttypid, a.atttypmod) AS declared,
                               has_column_privilege(a.attrelid, a.attnum, 'SELECT') AS readable,
                               EXISTS (SELECT FROM pg_catalog.pg_index i
                                        WHERE i.indrelid = a.attrelid AND i.indkey[0] = a.attnum
                                          AND i.indisvalid AND i.indpred IS NULL) AS indexed
                          FROM pg_catalog.pg_attribute a
                         CROSS JOIN LATERAL (
                               WITH RECURSIVE below AS (
                                    SELECT t.* FROM pg_catalog.pg_type t WHERE t.oid = a.atttypid
                                     UNION ALL
                                    SELECT t.* FROM below d JOIN pg_catalog.pg_type t ON t.oid = d.typbasetype
                                     WHERE d.typtype = 'd')
                               SELECT typname, typcategory FROM below WHERE typtype <> 'd') base
                         WHERE a.attrelid = :oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attname IN (:known)
                         ORDER BY a.attnum
                        """)
                .param("oid", relation.oid())
                .param("known", Columns.of(kind).stream().map(Column::name).toList())
                .query((row, number) -> new FoundColumn(
                        row.getString("attname"),
                        ColumnType.of(row.getString("typname"), row.getString("typcategory")),
                        row.getString("declared"),
                        row.getBoolean("readable"),
                        row.getBoolean("indexed")))
                .list();
    }
}
