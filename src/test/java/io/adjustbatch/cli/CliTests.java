package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.Application;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered before Spring starts. */
class CliTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    ""                                 | A command is missing
                    rn                                 | There is no command 'rn'.
                    --limit 3                          | Unknown option
                    run --limt 3                       | Did you mean --limit?
                    run --limit                        | Missing required parameter for option '--limit' (N).
                    run --limit many                   | Invalid value for option '--limit'
                    run --limit 0                      | --limit must be at least 1, but is 0.
                    run --limit -1                     | --limit must be at least 1, but is -1.
                    in-doubt list --limit 0            | '0' is no number of rows: write a whole number from 1 to 2147483647.
                    in-doubt list --limit -1           | '-1' is no number of rows
                    suppress list --limit many         | 'many' is no number of rows
                    suppress list --limit -1           | '-1' is no number of rows
                    run --kind refund                  | kinds are session, purchase and ad_revenue.
                    run --until 25:00                  | '25:00' is no time of day such as 05:30.
                    run tonight                        | Unmatched argument
                    run --adjust.timeout 5s            | Write a setting with its value in one word: --adjust.timeout=5s
                    load                               | Missing required
                    load rows.csv                      | Missing required option: '--kind=KIND'.
                    load missing.csv --kind purchase   | There is no readable file missing.csv.
                    status latest                      | 'latest'
                    sandbox --port http                | Invalid value for option '--port'
                    sandbox --port 70000               | the sandbox's port must be 0 (any free one) to 65535
                    """)
    void refusesWrongUsageWithOneMessageAndAHint(String arguments, String message) {
        int code = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void hintsAtTheHelpOfTheCommandThatWasMisused() {
        run("run", "--limt", "3");

        assertThat(err.toString()).endsWith("Try 'java -jar target/adjust-batch.jar run --help'.%n".formatted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "status", "load", "sandbox", "migrate"})
    void everyCommandTellsWhatItDoesAndItsExitCodes(String command) {
        int code = run(command, "--help");

        assertThat(code).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .startsWith("Usage: java -jar target/adjust-batch.jar " + command)
                .contains("--stacktrace", "Settings", "Exit codes:");
    }

    @Test
    void listsCommandsSettingsAndExitCodes() {
        int code = run("--help");

        assertThat(code).isZero();
        assertThat(out.toString()).contains("demo", "migrate", "ADJUST_BASE_URL", "7  the books do not balance");
    }

    @Test
    void tellsItsVersion() {
        int code = run("--version");

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("Adjust Batch ").contains("Java " + Runtime.version());
    }

    @Test
    void takesDottedOptionsForSettingsWhereverTheyStand(@TempDir Path directory) throws Exception {
        Path file = Files.createFile(directory.resolve("rows.csv"));

        run("--adjust.nonsense=1", "load", "--kind=session", file.toString(), "--adjust.apps[x].nonsense=a=b");

        assertThat(err.toString())
                .contains(
                        "Unknown setting adjust.nonsense (command line).",
                        "Unknown setting adjust.apps[x].nonsense (command line).");
    }

    @Test
    void failsIfItsOutputGoesNowhere() throws IOException {
        Writer disk = Writer.nullWriter();
        disk.close();

        int code = Cli.run(Application.class, new PrintWriter(disk), new PrintWriter(err, true), "--version");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).startsWith("Standard output cannot be written");
    }

    private int run(String... arguments) {
        return Cli.run(Application.class, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }
}
