package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.SandboxSettings;
import io.adjustbatch.sandbox.SandboxSettings.AuthFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a death leaves in the run's and in Spring Batch's record, run and restart go on from it. */
class RestartStatesIntegrationTests {

    private static final String TOKEN = "--adjust.token=right";
    private static final SandboxSettings STRICT =
            SandboxSettings.defaults().withToken("right", AuthFailure.UNAUTHORIZED_401);

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @ParameterizedTest(name = "job {0}, steps {1}")
    @CsvSource({
        "STARTING , STARTING",
        "STARTED  , STARTED",
        "STARTED  , COMPLETED",
        "STARTED  , UNKNOWN",
        "STOPPING , STARTED",
        "STOPPED  , STARTED",
        "FAILED   , UNKNOWN",
        "UNKNOWN  , UNKNOWN",
        "ABANDONED, ABANDONED"
    })
    void restartGoesOnFromAnyState(String job, String steps) {
        try (Night night = halted()) {
            kill(night, job, steps);
            night.reopen(TOKEN);

            RunResult result = night.nightlyRun().restart(null);

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(result.summary().run().runId()).isEqualTo(1);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 30L));
        }
    }

    @Test
    void runGoesOnFromADeadRun() {
        try (Night night = halted()) {
            kill(night, "STARTED", "STARTED");
            night.reopen(TOKEN);

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 30L));
            assertThat(night.count("adjust_batch.run WHERE state = 'ABANDONED'"))
                    .isEqualTo(1);
            assertThat(night.count("adjust_batch.batch_job_execution WHERE end_time IS NULL"))
                    .isZero();
        }
    }

    @ParameterizedTest(name = "deleted: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            batch_step_execution_context
            batch_step_execution_context, batch_step_execution
            batch_step_execution_context, batch_step_execution, batch_job_execution_context, batch_job_execution_params, batch_job_execution
            """)
    void restartGoesOnFromAHalfWrittenExecution(String tables) {
        try (Night night = halted()) {
            kill(night, "STARTED", "STARTED");
            for (String table : tables.split(", ", -1)) {
                night.jdbc().sql("DELETE FROM adjust_batch." + table).update();
            }
            night.reopen(TOKEN);

            RunResult result = night.nightlyRun().restart(null);

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 30L));
        }
    }

    @Test
    void restartsWithFewerPartitionsThanTheRunBegan() {
        try (Night night = new Night(STRICT, reports, "--adjust.token=wrong", "--adjust.partitions=16")) {
            purchases(night);
            night.run();
            night.reopen(TOKEN, "--adjust.partitions=1");

            RunResult result = night.nightlyRun().restart(null);

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 30L));
        }
    }

    @Test
    void restartStagesNothingNew() {
        try (Night night = halted()) {
            night.purchase(99, 99, yesterday, "9.99");
            night.reopen(TOKEN);

            night.nightlyRun().restart(null);

            assertThat(night.count("adjust_batch.delivery")).isEqualTo(30);
        }
    }

    @Test
    void refusesToRestartWhatHasFinishedOrIsNotTheLast() {
        try (Night night = halted()) {
            night.reopen(TOKEN);
            night.run();

            assertThatExceptionOfType(RestartRefusedException.class)
                    .isThrownBy(() -> night.nightlyRun().restart(1L))
                    .withMessageContaining("Run 1 is not the last one, which is run 2");
            assertThatExceptionOfType(RestartRefusedException.class)
                    .isThrownBy(() -> night.nightlyRun().restart(null))
                    .withMessageContaining("Run 2 has finished");
        }
    }

    private Night halted() {
        Night night = new Night(STRICT, reports, "--adjust.token=wrong");
        purchases(night);
        assertThat(night.run().exitCode()).isEqualTo(ExitCode.HALTED);
        return night;
    }

    private void purchases(Night night) {
        for (int id = 1; id <= 30; id++) {
            night.purchase(id, id, yesterday, "9.99");
        }
    }

    /** Writes what a process leaves that dies in the middle. */
    private static void kill(Night night, String job, String steps) {
        night.jdbc()
                .sql("UPDATE adjust_batch.run SET state = 'RUNNING', ended_at = NULL, exit_code = NULL")
                .update();
        night.jdbc()
                .sql("UPDATE adjust_batch.batch_job_execution SET status = ?, exit_code = 'UNKNOWN', end_time = NULL")
                .param(job)
                .update();
        night.jdbc().sql("""
                        UPDATE adjust_batch.batch_step_execution SET status = ?, exit_code = 'UNKNOWN', end_time = NULL
                        WHERE step_name LIKE 'sendPurchases%'""").param(steps).update();
    }
}
