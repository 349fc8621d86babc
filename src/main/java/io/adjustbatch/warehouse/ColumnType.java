package io.adjustbatch.warehouse;

/** PostgreSQL's types, as far as reading one differs from reading another. Domains count as the type below them. */
enum ColumnType {
    /** {@code bigint}, {@code integer}, {@code smallint}. */
    INTEGER("%s::text"),
    /** {@code numeric}. */
    NUMERIC("%s::text"),
    /** Every string type, enums and {@code uuid}. */
    TEXT("%s::text"),
    /** As Adjust writes it: 1 or 0. */
    BOOLEAN("%s::int::text"),
    /** {@code inet} and {@code cidr}, of which the address counts and not the netmask. */
    ADDRESS("host(%s)"),
    /** {@code timestamp with time zone}. */
    INSTANT("%s::text"),
    JSONB("%s::text"),
    JSON("%s::text"),
    /** Any type that holds nothing we could send. */
    OTHER("%s::text");

    private final String asText;

    ColumnType(String asText) {
        this.asText = asText;
    }

    /** The SQL of a column's value as text; it fails for no value of the type. */
    String text(String column) {
        return asText.formatted(column);
    }

    /**
     * The type of that name.
     *
     * @param name {@code pg_type.typname}
     * @param category {@code pg_type.typcategory}
     */
    static ColumnType of(String name, String category) {
        return switch (name) {
            case "int2", "int4", "int8" -> INTEGER;
            case "numeric" -> NUMERIC;
            case "uuid" -> TEXT;
            case "bool" -> BOOLEAN;
            case "inet", "cidr" -> ADDRESS;
            case "timestamptz" -> INSTANT;
            case "jsonb" -> JSONB;
            case "json" -> JSON;
            // S: the string types, those of extensions such as citext too; E: enums
            default -> category.equals("S") || category.equals("E") ? TEXT : OTHER;
        };
    }
}
