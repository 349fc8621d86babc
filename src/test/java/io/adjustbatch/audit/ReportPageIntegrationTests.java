package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report.html}, read as a browser reads it. */
class ReportPageIntegrationTests {

    private static final String SCRIPTS = "script:not([type='application/json'])";

    private final LedgerFixture ledger = new LedgerFixture();
    private final RunReport report;

    ReportPageIntegrationTests(@TempDir Path directory) {
        report = new RunReport(ledger.dataSource(), directory);
    }

    @Test
    void saysWhatHappenedWhereAndWhatToDo() throws IOException {
        ledger.everyState(1);

        Document page = page(1);

        assertThat(page.select("h2").eachText())
                .containsExactly(
                        "What to do next",
                        "Statement of account",
                        "Days, currencies, apps",
                        "Refusals",
                        "Refused rows",
                        "Rows in doubt",
                        "Files");
        assertThat(page.select(".tile .name").eachText()).hasSize(4);
        assertThat(page.select(".tile strong").eachText()).containsExactly("1", "5", "2", "3");
        assertThat(page.select(".next code").eachText()).contains(NextSteps.INVOCATION + " in-doubt list");
        assertThat(page.select("#rows ~ .scroll tbody tr")).hasSize(5);
        assertThat(page.select("#rows ~ .scroll tbody").text()).contains("Bad event state", "no identifier");
    }

    @Test
    void handsRowsAndMoneyOfEachDayToItsCharts() throws IOException {
        twoDays();

        Document page = page(1);

        assertThat(page.select("figcaption").eachText()).containsExactly("Rows by day", "EUR by day");
        assertThat(page.select("figure script").get(1).data()).isEqualTo("""
                        {"shape":"BARS","labels":["2026-02-27","2026-02-28"],"series":[\
                        {"name":"Sent","style":"sent","values":[0,9.99],"words":["0","9.99"]},\
                        {"name":"Refused","style":"refused","values":[5.00,0],"words":["5.00","0"]}]}""");
    }

    @Test
    void saysWhatTheRunWasAskedToDoUnlessThatWasEverything() throws IOException {
        ledger.run(1).end().run(2).terms().end();

        assertThat(page(1).text()).doesNotContain("Options");
        assertThat(page(2).text())
                .contains("Options kinds session, purchase; at most 500 rows of each kind; until 2026-03-01 04:00");
    }

    @Test
    void namesTheFaultThatStoppedAnAppAndHowManyRowsWait() throws IOException {
        ledger.run(1)
                .stage(1, "9.99", "EUR")
                .stage(2, "1.01", "EUR")
                .attempt(1, RowState.PENDING, "AUTH_FAULT", 401, "not authorized")
                .halt("app app1 at /event", "the answer was 401", "ask for a new token", 2_000)
                .end(RunState.HALTED, 4, "app app1: 2 rows wait");

        Document page = page(1);

        assertThat(page.select(".verdict").text()).isEqualTo("Halted");
        assertThat(page.select(".reason").text()).contains("app app1: 2 rows wait");
        assertThat(page.select("#halts tbody tr").eachText())
                .containsExactly("app app1 at /event the answer was 401 Ask for a new token. 2,000");
        assertThat(page.select(".next li").eachText()).startsWith("Ask for a new token.");
        assertThat(page.select("#faults tbody tr").text()).contains("AUTH_FAULT", "app1", "401", "not authorized");
        assertThat(page.select(".next li").text()).contains("S2S token of app app1", NextSteps.INVOCATION + " run");
    }

    @Test
    void namesTheSlowestWholeMinutes() throws IOException {
        ledger.run(1);
        for (int row = 1; row <= 100; row++) {
            ledger.stage(row, "1", "EUR");
            if (row <= 40 || row > 60) {
                ledger.sent(row);
            }
        }
        ledger.end();

        Document page = page(1);

        // a row takes three seconds of the ledger's time, those that are not sent a single one
        assertThat(page.select("#pace tbody tr").eachText())
                .hasSize(3)
                .element(0)
                .asString()
                .endsWith(" 14 0.2");
        assertThat(page.select("#pace-caption").text()).contains("Of 3 whole minutes", "20 rows");
    }

    @Test
    void canBeUsedWithAKeyboardAndAScreenReader() throws IOException {
        twoDays();

        Document page = page(1);

        assertThat(page.select("html").attr("lang")).isEqualTo("en");
        assertThat(page.title()).startsWith("Run 1: ");
        assertThat(page.select("h1")).hasSize(1);
        assertThat(page.select("table")).isNotEmpty().allSatisfy(table -> {
            assertThat(table.select("caption").text()).isNotBlank();
            assertThat(table.select("thead th"))
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head.attr("scope")).isEqualTo("col"));
        });
        assertThat(page.select("canvas"))
                .isNotEmpty()
                .allSatisfy(chart -> assertThat(chart.attr("aria-label")).isNotBlank());
        assertThat(page.select("label[for=find], input#find")).hasSize(2);
        for (Element link : page.select("a[href^=#]")) {
            assertThat(page.select(link.attr("href"))).as(link.outerHtml()).hasSize(1);
        }
    }

    @Test
    void loadsNothingAndAllowsNoScriptButItsOwn() throws IOException {
        ledger.everyState(1);

        Document page = page(1);

        assertThat(page.select("[src], link, iframe, object, embed, form, [style], [onclick], [onload]"))
                .isEmpty();
        assertThat(page.select("[href]").eachAttr("href")).allMatch(target -> target.startsWith("#"));
        assertThat(page.select("style").outerHtml()).doesNotContain("url(", "@import");
        assertThat(page.select(SCRIPTS)).hasSize(3);
        assertThat(page.html()).doesNotContain("sourceMappingURL");
        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .contains("default-src 'none'")
                .containsPattern("script-src( 'sha256-[A-Za-z0-9+/=]+'){3};")
                .doesNotContain("unsafe");
    }

    @Test
    void showsHostileTextAsText() throws IOException {
        List<String> hostile = List.of(
                "<script>alert(1)</script>",
                "</td></table><img src=x onerror=alert(1)>",
                "{{headline.name}} {{{style}}}",
                "=HYPERLINK(\"http://x.example\",\"click\")",
                "\"' onmouseover='alert(1)");
        ledger.run(1);
        for (int row = 0; row < hostile.size(); row++) {
            ledger.stage(new LedgerFixture.Staged(
                            Kind.PURCHASE,
                            row + 1,
                            hostile.get(row),
                            "evt1",
                            "1",
                            hostile.get(row),
                            "2026-02-2%dT12:00:00Z".formatted(row + 1)))
                    .attempt(row + 1, RowState.REJECTED, "ROW_FAULT", 400, hostile.get(row));
        }
        ledger.end();

        Document page = page(1);

        assertThat(page.select(SCRIPTS)).hasSize(3);
        assertThat(page.select("img, [onmouseover], a:not([href^=#])")).isEmpty();
        assertThat(page.select("#rows ~ .scroll tbody tr")).hasSize(hostile.size());
        assertThat(page.select("#rows ~ .scroll tbody").text()).contains(hostile);
    }

    @Test
    void showsTheFirstThousandRefusalsOfMore() throws IOException {
        ledger.run(1);
        for (int row = 1; row <= 1_001; row++) {
            ledger.stage(row, "1", "EUR").decide(row, RowState.INVALID, "INVALID_ROW", "no identifier");
        }
        ledger.end();

        Document page = page(1);

        assertThat(page.select("#rows ~ .scroll tbody tr")).hasSize(1_000);
        assertThat(page.select("#rows ~ .scroll caption").text()).contains("1,000", "1,001", "rejected.csv");
    }

    /** One row sent and one refused, of different days. */
    private void twoDays() {
        ledger.run(1)
                .stage(1, "9.99", "EUR")
                .sent(1)
                .stage(new LedgerFixture.Staged(
                        Kind.PURCHASE, 2, "app1", "evt1", "5.00", "EUR", "2026-02-27T12:00:00Z"))
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, "Bad event state")
                .end();
    }

    private Document page(long run) throws IOException {
        return Jsoup.parse(Files.readString(report.write(run).folder().resolve("report.html")));
    }
}
