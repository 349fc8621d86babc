package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.adjustbatch.audit.Chromium.Screen;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** {@code report.html} in a Chromium without a window; skipped where none is installed. */
class ReportPageBrowserIntegrationTests {

    /** Writes on each canvas how many of its pixels have the colour that a property of the style sheet names. */
    private static final String COUNT_PIXELS = """
            for (const canvas of document.querySelectorAll("canvas")) {
              for (const name of ["sent", "class-0", "accent"]) {
                const hex = getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
                const [r, g, b] = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
                const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
                let pixels = 0;
                for (let i = 0; i < data.length; i += 4) {
                  pixels += data[i] === r && data[i + 1] === g && data[i + 2] === b && data[i + 3] === 255 ? 1 : 0;
                }
                canvas.setAttribute("data-" + name, pixels);
              }
            }
            document.body.dataset.requests = performance.getEntriesByType("resource").length;
            """;

    private static final String CHOOSE_A_CLASS = """
            const select = Array.from(document.querySelectorAll(".filter label"))
                .find((label) => label.textContent.startsWith("Class")).querySelector("select");
            select.selectedIndex = Array.from(select.options).findIndex((option) => option.text === "INVALID_ROW");
            select.dispatchEvent(new Event("input", { bubbles: true }));
            """;

    private static final String FIND_BARRIERS = """
            axe.run({ resultTypes: ["violations"] }).then(({ violations, passes }) => {
              document.body.dataset.passed = passes.length;
              document.body.dataset.barriers = violations
                  .map((one) => one.id + ": " + one.nodes.map((node) => node.html.slice(0, 200)).join(" | ")).join("; ");
            });
            """;

    private final LedgerFixture ledger = new LedgerFixture();
    private final Path directory;
    private final Chromium chromium;

    ReportPageBrowserIntegrationTests(@TempDir Path directory) {
        this.directory = directory;
        this.chromium = new Chromium(directory);
    }

    @BeforeEach
    void needsAChromium() {
        assumeTrue(
                Chromium.INSTALLED.isPresent(), "no Chromium is installed: the report page is not tried in a browser");
    }

    @Test
    void runsItsScriptsAndNothingElse() throws Exception {
        twoRefusals("Bad event state", "<script>document.title = 'hacked'</script>");

        Document page = chromium.open(report().toUri().toString(), Screen.DESK);

        assertThat(page.title()).startsWith("Run 1: ");
        assertThat(page.select(".filter[hidden], figure[hidden]")).isEmpty();
        assertThat(page.select("output[for=find]").text()).isEqualTo("2 of 2");
    }

    @ParameterizedTest
    @EnumSource
    void drawsEachChartInTheColoursOfTheScreen(Screen screen) throws Exception {
        everySection();

        Document page = chromium.probe(report(), screen, COUNT_PIXELS);

        assertThat(page.select("figcaption").eachText())
                .containsExactly("Rows by day", "EUR by day", "Refusals by class", "Rows answered a minute");
        assertThat(pixels(page, 0, "sent")).isGreaterThan(1_000);
        assertThat(pixels(page, 1, "sent")).isGreaterThan(1_000);
        assertThat(pixels(page, 2, "class-0")).isGreaterThan(1_000);
        assertThat(pixels(page, 3, "accent")).isGreaterThan(100);
        assertThat(page.body().attr("data-requests")).isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource
    void hasNoBarrierThatAxeKnowsOf(Screen screen) throws Exception {
        everySection();

        Document page = chromium.probe(report(), screen, axe(), FIND_BARRIERS);

        assertThat(Integer.parseInt(page.body().attr("data-passed"))).isGreaterThan(20);
        assertThat(page.body().attr("data-barriers")).isEmpty();
    }

    @Test
    void findsRowsByWords() throws Exception {
        twoRefusals("Bad event state", "Invalid callback parameters");

        Document page = chromium.open(report().toUri() + "#find=callback", Screen.DESK);

        assertThat(page.select("output[for=find]").text()).isEqualTo("1 of 2");
        assertThat(page.select("#refused-rows tbody tr:not([hidden])").eachText())
                .singleElement()
                .asString()
                .contains("Invalid callback parameters");
    }

    @Test
    void showsTheRowsOfAChosenClass() throws Exception {
        ledger.run(1)
                .stage(1, "9.99", "EUR")
                .attempt(1, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .stage(2, "5.00", "EUR")
                .decide(2, RowState.INVALID, "INVALID_ROW", "no identifier")
                .end();

        Document page = chromium.probe(report(), Screen.DESK, CHOOSE_A_CLASS);

        assertThat(page.select("output[for=find]").text()).isEqualTo("1 of 2");
        assertThat(page.select("#refused-rows tbody tr:not([hidden])").eachText())
                .singleElement()
                .asString()
                .contains("no identifier");
    }

    private static int pixels(Document page, int canvas, String colour) {
        return Integer.parseInt(page.select("canvas").get(canvas).attr("data-" + colour));
    }

    private static String axe() throws IOException {
        return new PathMatchingResourcePatternResolver()
                .getResources("classpath*:META-INF/resources/webjars/axe-core/*/axe.min.js")[0].getContentAsString(
                        StandardCharsets.UTF_8);
    }

    private void twoRefusals(String message, String other) {
        ledger.run(1)
                .stage(1, "9.99", "EUR")
                .attempt(1, RowState.REJECTED, "ROW_FAULT", 400, message)
                .stage(ofTheDayBefore(2))
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, other)
                .end();
    }

    /** All that the page can show, over two days and some minutes. */
    private void everySection() {
        ledger.run(1);
        for (int row = 1; row <= 100; row++) {
            ledger.stage(row, "1", "EUR").sent(row);
        }
        ledger.stage(101, "9.99", "EUR")
                .attempt(101, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .stage(ofTheDayBefore(102))
                .attempt(102, RowState.REJECTED, "ROW_FAULT", 400, "Invalid callback parameters")
                .stage(103, "1.99", "EUR")
                .attempt(103, RowState.IN_DOUBT, "AMBIGUOUS", null, "no answer")
                .stage(104, "3.99", "EUR")
                .attempt(104, RowState.PENDING, "AUTH_FAULT", 401, "not authorized")
                .end(RunState.HALTED, 4, "app app1: 2 rows wait");
    }

    private static LedgerFixture.Staged ofTheDayBefore(long row) {
        return new LedgerFixture.Staged(Kind.PURCHASE, row, "app1", "evt1", "5.00", "EUR", "2026-02-27T12:00:00Z");
    }

    private Path report() {
        return new RunReport(ledger.dataSource(), directory).write(1).folder().resolve("report.html");
    }
}
