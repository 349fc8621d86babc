package io.adjustbatch.warehouse;

/**
 * A column that a kind's relation may have; columns of any other name are not looked at.
 *
 * @param use what it is for, and so which types will do
 * @param required whether there is no sending without it
 */
record Column(String name, Use use, boolean required) {

    /** What a column is for. */
    enum Use {
        ID("must be bigint, integer or smallint"),
        TIME("must be timestamp with time zone: without a zone it could mean many instants. In a view, say which"
                + " zone it is, as in occurred_at AT TIME ZONE 'UTC'"),
        MONEY("must be numeric or an integer type: other types are not exact, or not a number"),
        JSON("must be jsonb, json or text"),
        VALUE("must be text, an integer type, numeric, boolean, uuid, inet or an enum");

        private final String rule;

        Use(String rule) {
            this.rule = rule;
        }

        /** Which types will do and why, to follow the column's name. */
        String rule() {
            return rule;
        }

        boolean takes(ColumnType type) {
            return switch (this) {
                case ID -> type == ColumnType.INTEGER;
                case TIME -> type == ColumnType.INSTANT;
                case MONEY -> type == ColumnType.NUMERIC || type == ColumnType.INTEGER;
                case JSON -> type == ColumnType.JSONB || type == ColumnType.JSON || type == ColumnType.TEXT;
                case VALUE ->
                    switch (type) {
                        case TEXT, INTEGER, NUMERIC, BOOLEAN, ADDRESS -> true;
                        case INSTANT, JSONB, JSON, OTHER -> false;
                    };
            };
        }
    }

    static Column required(String name, Use use) {
        return new Column(name, use, true);
    }

    static Column optional(String name, Use use) {
        return new Column(name, use, false);
    }
}
