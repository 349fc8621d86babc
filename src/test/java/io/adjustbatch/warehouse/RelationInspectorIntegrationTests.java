package io.adjustbatch.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.UnfitRelationsException.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RelationInspectorIntegrationTests {

    private static final String PURCHASE_COLUMNS = """
            id bigint PRIMARY KEY, app_token text, environment text, occurred_at timestamptz, loaded_at timestamptz,
            event_token text, revenue numeric, currency text, idfa text""";

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    private final RelationInspector inspector = new RelationInspector(DATABASE.dataSource());

    @BeforeEach
    void createEmptySchema() {
        execute("DROP SCHEMA IF EXISTS shop CASCADE");
        execute("CREATE SCHEMA shop");
    }

    @Test
    void acceptsDefaultTablesWithoutWarning() {
        Map<Kind, Relation> relations = inspector.inspect(Map.of(
                Kind.SESSION, "warehouse.session",
                Kind.PURCHASE, "warehouse.purchase",
                Kind.AD_REVENUE, "warehouse.ad_revenue"));

        assertThat(relations.keySet()).containsExactly(Kind.SESSION, Kind.PURCHASE, Kind.AD_REVENUE);
        assertThat(relations.values())
                .allSatisfy(relation -> assertThat(relation.warnings()).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            view              | CREATE VIEW shop.orders AS SELECT * FROM shop.base
            materialized view | CREATE MATERIALIZED VIEW shop.orders AS SELECT * FROM shop.base
            partitioned table | CREATE TABLE shop.orders (LIKE shop.base) PARTITION BY RANGE (id)
            """)
    void acceptsEveryRelationThatCanBeSelectedFrom(String relkind, String ddl) {
        execute("CREATE TABLE shop.base (" + PURCHASE_COLUMNS + ")");
        execute(ddl);

        assertThat(inspector.inspect(Kind.PURCHASE, "shop.orders").name()).isEqualTo("shop.orders");
    }

    @Test
    void findsBareNameThroughSearchPath() {
        execute("DROP TABLE IF EXISTS public.orders");
        execute("CREATE TABLE public.orders (" + PURCHASE_COLUMNS + ")");

        assertThat(inspector.inspect(Kind.PURCHASE, "ORDERS").name()).isEqualTo("public.orders");
    }

    @Test
    void quotesNameThatNeedsIt() {
        execute("CREATE TABLE shop.\"My \"\"Orders\"\"\" (" + PURCHASE_COLUMNS + ")");

        Relation relation = inspector.inspect(Kind.PURCHASE, "shop.\"My \"\"Orders\"\"\"");

        assertThat(relation.name()).isEqualTo("shop.\"My \"\"Orders\"\"\"");
        assertThat(jdbc.sql("SELECT count(*) FROM " + relation.name())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void namesSchemasThatHaveMissingRelation() {
        execute("CREATE TABLE shop.orders (" + PURCHASE_COLUMNS + ")");

        assertThat(problemsOf(Kind.PURCHASE, "sales.orders"))
                .containsExactly(new Problem(
                        "warehouse.purchase.relation: there is no table or view sales.orders in database "
                                + DATABASE.name(),
                        "Did you mean shop.orders?"));
    }

    @Test
    void takesSequenceForNoRelation() {
        execute("CREATE SEQUENCE shop.orders");

        assertThat(problemsOf(Kind.PURCHASE, "shop.orders"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault()).contains("no table or view shop.orders"));
    }

    @Test
    void namesEveryMissingColumnAtOnce() {
        execute("CREATE TABLE shop.orders (id bigint, app_token text, loaded_at timestamptz)");

        assertThat(problemsOf(Kind.PURCHASE, "shop.orders"))
                .extracting(Problem::fault)
                .containsExactly(
                        "warehouse.purchase.relation (shop.orders): it has no column environment, occurred_at,"
                                + " event_token, revenue, currency",
                        "warehouse.purchase.relation (shop.orders): it has no device identifier");
        assertThat(problemsOf(Kind.AD_REVENUE, "shop.orders").get(0).fault())
                .endsWith("no column environment, occurred_at, revenue, currency, source, ad_impressions_count");
        assertThat(problemsOf(Kind.SESSION, "shop.orders").get(0).fault())
                .endsWith("no column environment, occurred_at, os_name");
    }

    @Test
    void acceptsParametersInPlaceOfIdentifierColumns() {
        execute("CREATE TABLE shop.orders (" + PURCHASE_COLUMNS.replace("idfa text", "parameters jsonb") + ")");

        assertThat(inspector.inspect(Kind.PURCHASE, "shop.orders").has("parameters"))
                .isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            id          | integer
            id          | smallint
            revenue     | numeric(12, 2)
            revenue     | integer
            revenue     | shop.money
            app_token   | varchar(12)
            app_token   | char(12)
            environment | shop.environment
            idfa        | uuid
            currency    | shop.code
            parameters  | text
            parameters  | json
            os_name     | text COLLATE shop.caseless
            ip_address  | inet
            transaction_id | bigint
            transaction_id | numeric
            """)
    void acceptsTypeThatHoldsTheSame(String column, String type) {
        execute("CREATE TYPE shop.environment AS ENUM ('production', 'sandbox')");
        execute("CREATE DOMAIN shop.money AS numeric CHECK (VALUE >= 0)");
        execute("CREATE DOMAIN shop.short AS varchar(9)");
        execute("CREATE DOMAIN shop.code AS shop.short");
        execute("CREATE COLLATION shop.caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
        execute("CREATE TABLE shop.orders (" + PURCHASE_COLUMNS + ")");
        execute("ALTER TABLE shop.orders DROP COLUMN IF EXISTS " + column);
        execute("ALTER TABLE shop.orders ADD COLUMN " + column + " " + type);

        assertThat(inspector.inspect(Kind.PURCHASE, "shop.orders").has(column)).isTrue();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            id              | numeric          | bigint, integer or smallint
            id              | text             | bigint, integer or smallint
            id              | uuid             | bigint, integer or smallint
            occurred_at     | timestamp without time zone | without a zone
            loaded_at       | date             | timestamp with time zone
            occurred_at     | bigint           | timestamp with time zone
            revenue         | double precision | not exact
            revenue         | real             | not exact
            revenue         | money            | not exact
            revenue         | text             | not a number
            callback_params | hstore_like      | jsonb, json or text
            currency        | jsonb            | must be text
            os_name         | text[]           | must be text
            transaction_id  | double precision | must be text
            """)
    void refusesTypeThatCannotBeTrusted(String column, String type, String remedy) {
        execute("DROP TYPE IF EXISTS hstore_like CASCADE");
        execute("CREATE TYPE hstore_like AS (k text, v text)");
        execute("CREATE TABLE shop.orders (" + PURCHASE_COLUMNS + ")");
        execute("ALTER TABLE shop.orders DROP COLUMN IF EXISTS " + column);
        execute("ALTER TABLE shop.orders ADD COLUMN " + column + " " + type);

        assertThat(problemsOf(Kind.PURCHASE, "shop.orders")).singleElement().satisfies(problem -> {
            assertThat(problem.fault()).endsWith("(shop.orders): column " + column + " is " + type);
            assertThat(problem.remedy()).contains(remedy);
        });
    }

    @Test
    void listsProblemsOfAllKindsAtOnce() {
        execute("CREATE TABLE shop.orders (" + PURCHASE_COLUMNS.replace("numeric", "real") + ")");

        UnfitRelationsException unfit = catchThrowableOfType(
                UnfitRelationsException.class,
                () -> inspector.inspect(new TreeMap<>(Map.of(
                        Kind.SESSION, "shop.visits",
                        Kind.PURCHASE, "shop.orders",
                        Kind.AD_REVENUE, "warehouse.ad_revenue"))));

        assertThat(unfit.problems()).hasSize(2);
        assertThat(unfit)
                .hasMessageContaining("warehouse.session.relation: there is no table or view shop.visits")
                .hasMessageContaining("warehouse.purchase.relation (shop.orders): column revenue is real. It must be");
    }

    @Test
    void warnsOfTableWithoutIndexes() {
        execute("CREATE TABLE shop.orders (" + PURCHASE_COLUMNS.replace("PRIMARY KEY", "") + ")");
        execute("CREATE INDEX ON shop.orders (loaded_at) WHERE revenue > 0");

        assertThat(inspector.inspect(Kind.PURCHASE, "shop.orders").warnings())
                .containsExactly(
                        "warehouse.purchase.relation (shop.orders): no index begins with id."
                                + " Every night reads all of it until one does.",
                        "warehouse.purchase.relation (shop.orders): no index begins with loaded_at."
                                + " Every night reads all of it until one does.");
    }

    @Test
    void reportsMaterializedViewThatWasNeverFilled() {
        execute("CREATE TABLE shop.base (" + PURCHASE_COLUMNS + ")");
        execute("CREATE MATERIALIZED VIEW shop.orders AS SELECT * FROM shop.base WITH NO DATA");

        assertThat(problemsOf(Kind.PURCHASE, "shop.orders"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault()).contains("has not been populated"));
    }

    @Test
    void saysWhichPrivilegeIsMissing() {
        execute("CREATE TABLE shop.orders (" + PURCHASE_COLUMNS + ")");
        execute("DROP ROLE IF EXISTS \"Night Job\"");
        execute("CREATE ROLE \"Night Job\" LOGIN PASSWORD 'for this test'");
        RelationInspector asJob = new RelationInspector(nightJob());

        assertThat(problemsOf(asJob, Kind.PURCHASE, "shop.orders"))
                .extracting(Problem::remedy)
                .containsExactly(
                        "GRANT USAGE ON SCHEMA shop TO \"Night Job\"", "GRANT SELECT ON shop.orders TO \"Night Job\"");

        execute("GRANT USAGE ON SCHEMA shop TO \"Night Job\"");
        execute("GRANT SELECT (id, app_token, environment, occurred_at, loaded_at, event_token, revenue, currency)"
                + " ON shop.orders TO \"Night Job\"");
        assertThat(problemsOf(asJob, Kind.PURCHASE, "shop.orders"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy())
                        .isEqualTo("GRANT SELECT (idfa) ON shop.orders TO \"Night Job\","
                                + " or name a view that does without"));

        execute("GRANT SELECT (idfa) ON shop.orders TO \"Night Job\"");
        assertThat(asJob.inspect(Kind.PURCHASE, "shop.orders").name()).isEqualTo("shop.orders");
        execute("DROP OWNED BY \"Night Job\"");
        execute("DROP ROLE \"Night Job\"");
    }

    private static DataSource nightJob() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(DATABASE.jdbcUrl());
        source.setUser("Night Job");
        source.setPassword("for this test");
        return source;
    }

    @ParameterizedTest
    @CsvSource({"a.b.c", "shop.", "'or ders'", "'orders; DROP TABLE orders'", "''"})
    void refusesWhatIsNoName(String name) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> inspector.inspect(Kind.PURCHASE, name))
                .withMessageContaining("is not the name of a table or view");
    }

    private List<Problem> problemsOf(Kind kind, String relation) {
        return problemsOf(inspector, kind, relation);
    }

    private static List<Problem> problemsOf(RelationInspector inspector, Kind kind, String relation) {
        return catchThrowableOfType(UnfitRelationsException.class, () -> inspector.inspect(kind, relation))
                .problems();
    }

    private void execute(String sql) {
        jdbc.sql(sql).update();
    }
}
