package io.adjustbatch.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.adjustbatch.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class CsvLoaderIntegrationTests {

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private static final String HEADER =
            "id,app_token,environment,occurred_at,event_token,revenue,currency,idfa,user_agent,parameters\n";
    private static final String ROW = "1,abc123abc123,production,2026-01-31T12:00:00Z,abc123,9.99,EUR,IDFA-1,UA,\n";

    private final JdbcClient jdbc = JdbcClient.create(DATABASE.dataSource());
    private final CsvLoader loader = new CsvLoader(DATABASE.dataSource());

    private final Path directory;

    CsvLoaderIntegrationTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void emptyTables() {
        jdbc.sql("TRUNCATE warehouse.purchase, warehouse.ad_revenue, warehouse.session")
                .update();
    }

    @Test
    void loadsColumnsInAnyOrderAndValuesAsTheyAre() {
        Path file = csv("""
                revenue,currency,id,loaded_at,environment,app_token,event_token,occurred_at,idfa,user_agent,parameters
                0.10,EUR,7,2026-01-31T12:00:00+01:00,production,abc123abc123,abc123,2026-01-31 11:59:59.123456+00,"I,1","a ""b""\tc\\
                d\\N","{""os_version"": ""17""}"
                """);

        assertThat(loader.load(file, Kind.PURCHASE)).isEqualTo(1);

        Map<String, Object> row = jdbc.sql("""
                        SELECT id, revenue::text, occurred_at = '2026-01-31T11:59:59.123456Z' AS occurred,
                               loaded_at = '2026-01-31T11:00:00Z' AS loaded, idfa, user_agent,
                               parameters->>'os_version' AS os_version, adid
                          FROM warehouse.purchase
                        """).query().singleRow();
        assertThat(row)
                .containsEntry("id", 7L)
                .containsEntry("revenue", "0.10")
                .containsEntry("occurred", true)
                .containsEntry("loaded", true)
                .containsEntry("idfa", "I,1")
                .containsEntry("user_agent", "a \"b\"\tc\\\nd\\N")
                .containsEntry("os_version", "17")
                .containsEntry("adid", null);
    }

    @Test
    void countsRowAsLoadedNowUnlessFileSaysWhen() {
        loader.load(csv(HEADER + ROW), Kind.PURCHASE);
        loader.load(csv("loaded_at," + HEADER + "," + ROW.replace("1,abc", "2,abc")), Kind.PURCHASE);

        assertThat(jdbc.sql("SELECT count(*) FROM warehouse.purchase WHERE loaded_at > now() - interval '1 minute'")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void keepsRowsThatOnlyAdjustWouldRefuse() {
        loader.load(csv(HEADER + "1,,nowhere,,,-5,EURO,,,\n"), Kind.PURCHASE);

        assertThat(ids()).containsExactly(1L);
    }

    @Test
    void loadsSessionsWithFlagsAndCounts() {
        Path file = csv("""
                id,app_token,environment,occurred_at,os_name,adid,session_count,eea,npa
                1,abc123abc123,sandbox,2026-01-31T12:00:00Z,ios,a,3,1,false
                """);

        loader.load(file, Kind.SESSION);

        assertThat(jdbc.sql("SELECT eea AND NOT npa AND session_count = 3 FROM warehouse.session")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void toleratesByteOrderMarkWindowsLineEndsAndBlankLines() {
        Path file = csv("\uFEFF" + (HEADER + ROW + "\n" + ROW.replace("1,abc", "2,abc") + "\n").replace("\n", "\r\n"));

        assertThat(loader.load(file, Kind.PURCHASE)).isEqualTo(2);
    }

    @Test
    void findsNothingWrongWithHeaderAlone() {
        assertThat(loader.load(csv(HEADER), Kind.PURCHASE)).isZero();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            id            | ''           | 'is empty'
            id            | 1.0          | '"1.0" is no whole number'
            id            | 9223372036854775808 | '"9223372036854775808" is no whole number'
            revenue       | '"9,99"'     | '"9,99" is no plain number such as 9.99'
            revenue       | 1e3          | '"1e3" is no plain number such as 9.99'
            revenue       | NaN          | '"NaN" is no plain number such as 9.99'
            revenue       | $9.99        | '"$9.99" is no plain number such as 9.99'
            occurred_at   | 2026-01-31   | '"2026-01-31" is no time with its zone such as 2026-01-31T12:00:00Z'
            occurred_at   | 2026-01-31T12:00:00 | '"2026-01-31T12:00:00" is no time with its zone such as 2026-01-31T12:00:00Z'
            occurred_at   | infinity     | '"infinity" is no time with its zone such as 2026-01-31T12:00:00Z'
            occurred_at   | 2026-02-30T12:00:00Z | '"2026-02-30T12:00:00Z" is no time with its zone such as 2026-01-31T12:00:00Z'
            parameters    | secret-id    | 'the value is no JSON object such as {"key": "value"}'
            parameters    | []           | 'the value is no JSON object such as {"key": "value"}'
            parameters    | '"{""a"":1} x"' | 'the value is no JSON object such as {"key": "value"}'
            """)
    void namesLineAndColumnOfWrongCell(String column, String cell, String fault) {
        String[] names = HEADER.strip().split(",");
        String[] cells = ROW.replace("1,abc", "3,abc").strip().split(",", -1);
        cells[List.of(names).indexOf(column)] = cell;
        Path file = csv(HEADER + ROW.replace("UA", "\"U\n\nA\"") + String.join(",", cells) + "\n");

        assertBroken(file, "rows.csv, line 5, column " + column + ": " + fault);
    }

    @Test
    void neverQuotesDeviceIdentifier() {
        assertBroken(
                csv(HEADER + ROW.replace("IDFA-1", "IDFA\0-1")),
                "rows.csv, line 2, column idfa: the value has a NUL character in it");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            'id,app_token,environment,occurred_at,event_token,revenue,currency,idfb' | 'there is no column "idfb"; columns are id, app_token, environment, occurred_at, loaded_at, callback_params, partner_params, parameters, event_token, revenue, currency, transaction_id, idfa, gps_adid, fire_adid, oaid, web_uuid, idfv, android_id, adid, external_device_id, os_name, ip_address, user_agent'
            'id,app_token,environment,event_token,currency,idfa'                     | 'these columns are missing: occurred_at, revenue'
            'id,app_token,environment,occurred_at,event_token,revenue,currency,id'   | 'column id is named twice'
            """)
    void refusesHeader(String header, String fault) {
        assertBroken(csv(header + "\n" + ROW), "rows.csv, line 1: " + fault);
    }

    @Test
    void refusesHeaderWithoutDeviceIdentifier() {
        assertThatExceptionOfType(BrokenCsvException.class)
                .isThrownBy(() -> loader.load(
                        csv("id,app_token,environment,occurred_at,event_token,revenue,currency\n"), Kind.PURCHASE))
                .withMessageStartingWith("rows.csv, line 1: no column has a device identifier: add one of idfa, ");
    }

    @Test
    void refusesEmptyAndAbsentFile() {
        assertBroken(csv(""), "rows.csv is empty: its first line must name the columns");
        assertBroken(
                directory.resolve("gone.csv"),
                "gone.csv cannot be read: there is no such file, or no permission to read it");
    }

    @Test
    void refusesRowThatIsTooShort() {
        assertBroken(
                csv(HEADER + ROW + "2,abc123abc123\n"),
                "rows.csv, line 3: has 2 cells, but the header names 10 columns");
    }

    @Test
    void refusesQuoteInsideCell() {
        Path file = csv(HEADER
                + ROW.replace("UA", "5\" a")
                + ROW.replace("1,abc", "2,abc").replace("UA", "6\" b"));

        assertBroken(
                file,
                "rows.csv, line 2: a quote stands inside a cell: put the whole cell in quotes and double the quotes"
                        + " inside it, as in \"5\"\" screen\"");
    }

    @ParameterizedTest
    @CsvSource({"0", "5000"})
    void refusesQuoteThatNeverEnds(int followingLines) {
        Path file = csv(HEADER + ROW + ROW.replace("UA,", "\"UA,") + "more\n".repeat(followingLines));

        assertBroken(file, "rows.csv, line 3: a quote opens a cell that does not end within 1000 lines");
    }

    @Test
    void namesLineThatIsNotUtf8() throws IOException {
        Path file = directory.resolve("rows.csv");
        Files.writeString(
                file,
                HEADER + ROW + ROW.replace("1,abc", "2,abc").replace("UA", "Bärlin"),
                StandardCharsets.ISO_8859_1);

        assertBroken(file, "rows.csv, line 3: has bytes that are not UTF-8: save the file as UTF-8");
    }

    @Test
    void refusesIdThatStandsInFileTwice() {
        assertBroken(
                csv(HEADER + ROW.replace("UA", "\"U\nA\"") + ROW),
                "rows.csv, line 4, column id: 1 is there already, in warehouse.purchase or on an earlier line");
    }

    @Test
    void refusesIdThatWasLoadedBefore() {
        loader.load(csv(HEADER + ROW), Kind.PURCHASE);
        Path file = csv(HEADER + ROW.replace("1,abc", "2,abc") + ROW);

        assertThatExceptionOfType(BrokenCsvException.class)
                .isThrownBy(() -> loader.load(file, Kind.PURCHASE))
                .withMessage(
                        "rows.csv, line 3, column id: 1 is there already, in warehouse.purchase or on an earlier line");
        assertThat(ids()).containsExactly(1L);
    }

    @Test
    void loadsSeventyThousandRowsAsOne() throws IOException {
        Path file = directory.resolve("rows.csv");
        try (Writer writer = Files.newBufferedWriter(file)) {
            writer.write(HEADER);
            for (int id = 1; id <= 70_000; id++) {
                writer.write(ROW.replace("1,abc", id + ",abc"));
            }
        }

        assertThat(loader.load(file, Kind.PURCHASE)).isEqualTo(70_000);
    }

    @Test
    void leavesNothingOfLongFileWithBrokenEnd() {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int id = 1; id <= 20_000; id++) {
            rows.append(ROW.replace("1,abc", id + ",abc"));
        }
        Path file = csv(rows.append(ROW.replace("9.99", "free")).toString());

        assertBroken(file, "rows.csv, line 20002, column revenue: \"free\" is no plain number such as 9.99");
    }

    private void assertBroken(Path file, String message) {
        assertThatExceptionOfType(BrokenCsvException.class)
                .isThrownBy(() -> loader.load(file, Kind.PURCHASE))
                .withMessage(message);
        assertThat(ids()).isEmpty();
    }

    private List<Long> ids() {
        return jdbc.sql("SELECT id FROM warehouse.purchase ORDER BY id")
                .query(Long.class)
                .list();
    }

    private Path csv(String text) {
        try {
            return Files.writeString(directory.resolve("rows.csv"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
