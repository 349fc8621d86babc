package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report.html} in a Chromium without a window; skipped where none is installed. */
class ReportPageBrowserIntegrationTests {

    private static final Optional<Path> CHROMIUM = Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();

    private final LedgerFixture ledger = new LedgerFixture();
    private final Path directory;

    ReportPageBrowserIntegrationTests(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void needsAChromium() {
        assumeTrue(CHROMIUM.isPresent(), "no Chromium is installed: the report page is not tried in a browser");
    }

    @Test
    void runsItsScriptAndNothingElse() throws Exception {
        twoRefusals("Bad event state", "<script>document.title = 'hacked'</script>");

        Document page = open("");

        assertThat(page.title()).startsWith("Run 1: ");
        assertThat(page.select("p.filter[hidden]")).isEmpty();
        assertThat(page.select("output[for=find]").text()).isEqualTo("2 of 2");
        assertThat(page.select("svg rect")).isNotEmpty();
    }

    @Test
    void findsRowsByWords() throws Exception {
        twoRefusals("Bad event state", "Invalid callback parameters");

        Document page = open("#find=callback");

        assertThat(page.select("output[for=find]").text()).isEqualTo("1 of 2");
        assertThat(page.select("#refused-rows tbody tr:not([hidden])").eachText())
                .singleElement()
                .asString()
                .contains("Invalid callback parameters");
    }

    private void twoRefusals(String message, String other) {
        ledger.run(1)
                .stage(1, "9.99", "EUR")
                .attempt(1, RowState.REJECTED, "ROW_FAULT", 400, message)
                .stage(new LedgerFixture.Staged(
                        Kind.PURCHASE, 2, "app1", "evt1", "5.00", "EUR", "2026-02-27T12:00:00Z"))
                .attempt(2, RowState.REJECTED, "ROW_FAULT", 400, other)
                .end();
    }

    /** What is in the window when all scripts have run. Whatever the page complains of fails the test. */
    private Document open(String address) throws IOException, InterruptedException {
        Path page =
                new RunReport(ledger.dataSource(), directory).write(1).folder().resolve("report.html");
        Path dom = directory.resolve("dom.html");
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(CHROMIUM.orElseThrow().toString()));
        command.addAll(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + directory.resolve("profile"),
                "--enable-logging=stderr",
                "--dump-dom",
                page.toUri() + address));
        Process browser = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS))
                    .as("Chromium has ended")
                    .isTrue();
        } finally {
            browser.destroyForcibly();
        }
        assertThat(Files.readString(log)).doesNotContain("CONSOLE");
        return Jsoup.parse(Files.readString(dom));
    }
}
