package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.RunSummaries;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.audit.files.UnwritableReportsException;
import io.adjustbatch.ledger.Run;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.sandbox.SandboxSettings.AuthFailure;
import io.adjustbatch.testing.HeldTable;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever fails, and whenever: the exit code, the ledger and summary.json say the same, or the file is not there. */
class RunEndIntegrationTests {

    private static final String TOKEN = "--adjust.token=right";
    private static final SandboxSettings STRICT =
            SandboxSettings.defaults().withToken("right", AuthFailure.UNAUTHORIZED_401);
    private static final String SABOTAGE = """
            CREATE FUNCTION adjust_batch.sabotage() RETURNS trigger LANGUAGE plpgsql
            AS $$ BEGIN RAISE EXCEPTION 'sabotage'; END $$;
            CREATE %s FOR EACH ROW %s EXECUTE FUNCTION adjust_batch.sabotage()""";

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path directory;

    private Path reports = Path.of("");

    @BeforeEach
    void nameReports() {
        reports = directory.resolve("reports");
    }

    @Test
    void findsADirectoryThatCannotBeWrittenBeforeAnythingIsDone() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        try (Night night = new Night(file)) {
            night.purchase(1, 1, yesterday, "9.99");

            assertThatExceptionOfType(UnwritableReportsException.class)
                    .isThrownBy(night::run)
                    .withMessageContaining(file + " (report.directory)")
                    .withMessageContaining("Nothing was done.")
                    .withMessageContaining("set report.directory");

            assertThat(night.count("adjust_batch.run")).isZero();
            assertThat(night.count("adjust_batch.delivery")).isZero();
            assertThat(night.sandbox().tally().requests()).isZero();
        }
    }

    @Test
    void leavesAHaltedRunAsItIsIfItsRestartCouldNotBeReported() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        try (Night night = halted()) {
            night.reopen(TOKEN, "--report.directory=" + file);

            assertThatExceptionOfType(UnwritableReportsException.class)
                    .isThrownBy(() -> night.nightlyRun().restart(null));

            assertThat(agreed(night)).isEqualTo(4);
            assertThat(night.states("purchase")).containsOnlyKeys("PENDING");
        }
    }

    @Test
    void failsAndIsReportedIfTheBooksCannotBeChecked() throws IOException {
        try (Night night = night()) {
            RunResult result = night.nightlyRun().start(RunOptions.everything(), rows -> {
                night.jdbc()
                        .sql("ALTER TABLE adjust_batch.accepted_difference RENAME TO gone")
                        .update();
                return true;
            });

            assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(result.reason()).contains("the books could not be checked: ", "accepted_difference");
            assertThat(agreed(night)).isEqualTo(1);
            assertThat(night.states("purchase")).containsOnlyKeys("SENT");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRIGGER t BEFORE UPDATE OF execution_id ON adjust_batch.run",
                "TRIGGER t BEFORE INSERT ON adjust_batch.batch_job_instance",
                "TRIGGER t BEFORE INSERT ON adjust_batch.batch_job_execution",
                "TRIGGER t BEFORE UPDATE ON adjust_batch.batch_job_execution"
            })
    void failsAndIsReportedIfItsJobCannotBegin(String trigger) throws IOException {
        try (Night night = night()) {
            night.jdbc().sql(SABOTAGE.formatted(trigger, "")).update();

            RunResult result = night.run();

            assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(result.reason()).contains("sabotage");
            assertThat(agreed(night)).isEqualTo(1);
        }
    }

    @Test
    void isRestartedWithItsOwnOptionsIfItsJobCouldNotBegin() throws IOException {
        try (Night night = night()) {
            night.purchase(2, 2, yesterday, "9.99");
            night.session(3, 3, yesterday);
            night.jdbc()
                    .sql(SABOTAGE.formatted("TRIGGER t BEFORE INSERT ON adjust_batch.batch_job_instance", ""))
                    .update();
            night.run(new RunOptions(Set.of(Kind.PURCHASE), 1L, null));
            night.jdbc()
                    .sql("DROP TRIGGER t ON adjust_batch.batch_job_instance")
                    .update();

            RunResult result = night.nightlyRun().restart(null);

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("PENDING", 1L, "SENT", 1L));
            assertThat(night.states("session")).isEmpty();
        }
    }

    @Test
    void failsIfItsReportCannotBeWrittenAndCanBeReportedLater() throws IOException {
        try (Night night = night()) {
            UnreportedRunException failure = failure(
                    UnreportedRunException.class,
                    () -> night.nightlyRun().start(RunOptions.everything(), rows -> isReplacedByAFile(reports)));

            assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(failure)
                    .hasMessageContaining("the report could not be written: ")
                    .hasMessageContaining("report --run 1");
            assertThat(run(night).state()).isEqualTo(RunState.FAILED);
            assertThat(run(night).exitCode()).isEqualTo(1);
            assertThat(failure).hasMessageContaining(run(night).reason());
            Files.delete(reports);
            new RunReport(night.bean(DataSource.class), reports).write(1);
            assertThat(agreed(night)).isEqualTo(1);
        }
    }

    @Test
    void hasNoReportOfAFormerEndIfTheOneOfItsRestartCannotBeWritten() {
        try (Night night = halted()) {
            night.reopen(TOKEN);
            night.jdbc()
                    .sql("ALTER TABLE adjust_batch.left_out_total RENAME TO gone")
                    .update();

            UnreportedRunException failure = failure(
                    UnreportedRunException.class, () -> night.nightlyRun().restart(null));

            assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(failure).hasMessageContaining("left_out_total");
            assertThat(run(night).exitCode()).isEqualTo(1);
            assertThat(reports).isEmptyDirectory();
        }
    }

    @Test
    void publishesNoReportOfAnEndThatTheLedgerDoesNotTake() {
        try (Night night = night()) {
            night.jdbc()
                    .sql(SABOTAGE.formatted(
                            "CONSTRAINT TRIGGER t AFTER UPDATE ON adjust_batch.run DEFERRABLE INITIALLY DEFERRED",
                            "WHEN (NEW.exit_code = 0)"))
                    .update();

            UnreportedRunException failure = failure(UnreportedRunException.class, night::run);

            assertThat(failure).hasMessageContaining("sabotage");
            assertThat(run(night).exitCode()).isEqualTo(1);
            assertThat(reports).isEmptyDirectory();
        }
    }

    @Test
    void recordsNothingIfAnotherCommandHasTakenItForDead() {
        try (Night night = night()) {
            UnrecordedRunException failure = failure(
                    UnrecordedRunException.class,
                    () -> night.nightlyRun().start(RunOptions.everything(), rows -> {
                        night.jdbc()
                                .sql("UPDATE adjust_batch.run SET state = 'ABANDONED', ended_at = now()")
                                .update();
                        night.jdbc()
                                .sql("INSERT INTO adjust_batch.run_drift VALUES (1, 'purchase', 'GONE', 17)")
                                .update();
                        return true;
                    }));

            assertThat(failure).hasMessageContaining("another command has taken it for dead");
            assertThat(run(night).state()).isEqualTo(RunState.ABANDONED);
            assertThat(run(night).exitCode()).isNull();
            assertThat(night.count("adjust_batch.run_drift WHERE row_count = 17"))
                    .isOne();
            assertThat(reports).isEmptyDirectory();
        }
    }

    @Test
    @Timeout(120)
    void failsAndIsReportedIfItsConnectionIsCutWhileTheBooksAreChecked() throws Exception {
        try (Night night = night();
                HeldTable books = HeldTable.whenTheBooksAreChecked(night.database())) {
            CompletableFuture<RunResult> cutOff = CompletableFuture.supplyAsync(night::run);

            books.cut();

            RunResult result = cutOff.get(60, TimeUnit.SECONDS);
            assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(result.reason()).contains("the books could not be checked: ");
            assertThat(agreed(night)).isEqualTo(1);
        }
    }

    @Test
    @Timeout(120)
    void hasNeitherEndNorReportWhileItIsRestarted() throws Exception {
        try (Night night = halted();
                HeldTable books = HeldTable.whenTheBooksAreChecked(night.database())) {
            night.reopen(TOKEN);
            CompletableFuture<RunResult> restarted =
                    CompletableFuture.supplyAsync(() -> night.nightlyRun().restart(null));

            books.awaitSomebody();
            Run meanwhile = run(night);
            boolean isReported = Files.exists(reports.resolve("run-1"));
            books.release();

            assertThat(meanwhile.state()).isEqualTo(RunState.RUNNING);
            assertThat(meanwhile.exitCode()).isNull();
            assertThat(isReported).isFalse();
            assertThat(restarted.get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.FINISHED);
            assertThat(agreed(night)).isZero();
        }
    }

    @Test
    @Timeout(120)
    void hasNoEndUntilItsReportIsWritten() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        try (Night night = halted();
                HeldTable report = HeldTable.whenTheReportIsWritten(night.database())) {
            night.reopen(TOKEN);
            CompletableFuture<RunResult> restarted =
                    CompletableFuture.supplyAsync(() -> night.nightlyRun().restart(null));

            report.awaitSomebody();
            RunState meanwhile = run(night).state();
            night.nightlyRun().cutShort(() -> cut.set(true));
            report.release();

            assertThat(meanwhile).isEqualTo(RunState.RUNNING);
            assertThat(cut).isTrue();
            assertThat(restarted.get(60, TimeUnit.SECONDS).exitCode()).isEqualTo(ExitCode.FINISHED);
            assertThat(agreed(night)).isZero();
        }
    }

    @Test
    @Timeout(120)
    void canBeCutShortUntilItsEndIsRecordedAndNoLonger() throws Exception {
        AtomicBoolean cut = new AtomicBoolean();
        try (Night night = night();
                HeldTable books = HeldTable.whenTheBooksAreChecked(night.database())) {
            CompletableFuture<RunResult> running = CompletableFuture.supplyAsync(night::run);
            books.awaitSomebody();

            night.nightlyRun().cutShort(() -> cut.set(true));
            boolean before = cut.getAndSet(false);
            books.release();
            running.get(60, TimeUnit.SECONDS);
            night.nightlyRun().cutShort(() -> cut.set(true));

            assertThat(before).isTrue();
            assertThat(cut).isFalse();
        }
    }

    private Night night() {
        Night night = new Night(reports);
        night.purchase(1, 1, yesterday, "9.99");
        return night;
    }

    private Night halted() {
        Night night = new Night(STRICT, reports, "--adjust.token=wrong");
        night.purchase(1, 1, yesterday, "9.99");
        assertThat(night.run().exitCode()).isEqualTo(ExitCode.HALTED);
        return night;
    }

    /** The code on which the ledger and summary.json agree, as they must on state and reason. */
    private @Nullable Integer agreed(Night night) throws IOException {
        JsonNode written = JsonMapper.shared()
                .readTree(Files.readString(reports.resolve("run-1/summary.json")))
                .get("run");
        Run run = run(night);
        assertThat(written.get("state").asString()).isEqualTo(run.state().name());
        assertThat(written.get("exit_code").asInt()).isEqualTo(run.exitCode());
        assertThat(written.get("reason").asString(null)).isEqualTo(run.reason());
        return run.exitCode();
    }

    /** As {@code status} reads it. */
    private static Run run(Night night) {
        return new RunSummaries(night.bean(DataSource.class)).recentRuns(1).get(0);
    }

    private static <T extends Throwable> T failure(Class<T> type, Runnable run) {
        return assertThatExceptionOfType(type).isThrownBy(run::run).actual();
    }

    private static boolean isReplacedByAFile(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
            Files.writeString(directory, "");
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
