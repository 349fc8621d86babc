package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.KindSummary;
import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.Reconciliation;
import io.adjustbatch.audit.RowLife;
import io.adjustbatch.audit.RowLives;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.RefusedRows.Selection;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night that refuses rows, a fix, a replay, and the night that delivers them. */
class ReplayedRowsIntegrationTests {

    private static final Fault BROKEN_PARAMETERS = Fault.Reply.of(400, "{\"error\":\"Invalid callback parameters\"}");

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void deliversRowsThatAdjustRefusedOnceTheyAreMended() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=1")) {
            for (int id = 1; id <= 3; id++) {
                night.purchase(id, 1, yesterday.plusSeconds(id), "9.99");
            }
            night.sandbox().faults().next(2, BROKEN_PARAMETERS);
            night.run();
            assertThat(night.states("purchase")).isEqualTo(Map.of("REJECTED", 2L, "SENT", 1L));
            Map<String, String> firstReport = files(reports.resolve("run-1"));

            ReplayPreview preview = replay(night, ErrorClass.ROW_FAULT);
            RunResult second = night.run();

            assertThat(preview.late()).isEqualTo(2);
            assertThat(second.exitCode()).as(second.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.sandbox().tally().requests()).isEqualTo(5);
            assertThat(night.count("adjust_batch.delivery WHERE attempts = 2")).isEqualTo(2);
            isBalanced(night, second.summary(), "19.98");
            assertThat(reportAgain(night, 1)).isEqualTo(firstReport);
            assertThat(life(night, 1).entries())
                    .extracting(RowLife.Entry::state, RowLife.Entry::attempt, RowLife.Entry::decidedBy)
                    .startsWith(tuple(RowState.REJECTED, 1, "adjust"), tuple(RowState.PENDING, 1, "person"));
        }
    }

    @Test
    void deliversRowsThatWereRefusedHereWithWhatTheWarehouseSaysNow() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "-9.99");
            night.purchase(2, 2, yesterday, "1.00");
            night.run();
            assertThat(night.states("purchase")).isEqualTo(Map.of("INVALID", 1L, "SENT", 1L));
            Map<String, String> firstReport = files(reports.resolve("run-1"));
            night.jdbc()
                    .sql("UPDATE warehouse.purchase SET revenue = 9.99, currency = 'USD' WHERE id = 1")
                    .update();

            replay(night, ErrorClass.INVALID_ROW);
            RunResult second = night.run();

            assertThat(second.exitCode()).as(second.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 2L));
            assertThat(purchases(second.summary()).totalSettled().money())
                    .isEqualTo(Map.of("USD", new BigDecimal("9.99")));
            isBalanced(night, second.summary(), "-9.99");
            assertThat(reportAgain(night, 1)).isEqualTo(firstReport);
        }
    }

    /** Neither would ever meet the reader, which takes down anew what the warehouse has changed. */
    @Test
    void deliversRowsThatHadNoTimeOrTheTransactionOfAnother() {
        try (Night night = new Night(reports)) {
            for (int id = 1; id <= 3; id++) {
                night.purchase(id, id, yesterday, "9.99");
            }
            night.jdbc()
                    .sql("UPDATE warehouse.purchase SET occurred_at = 'infinity' WHERE id = 1")
                    .update();
            night.jdbc()
                    .sql("UPDATE warehouse.purchase SET transaction_id = 'T2' WHERE id = 3")
                    .update();
            night.run();
            assertThat(night.states("purchase")).isEqualTo(Map.of("INVALID", 1L, "DUPLICATE", 1L, "SENT", 1L));
            Map<String, String> firstReport = files(reports.resolve("run-1"));
            night.jdbc()
                    .sql("UPDATE warehouse.purchase SET transaction_id = 'T' || id, occurred_at = ?")
                    .param(yesterday.atOffset(ZoneOffset.UTC))
                    .update();

            replay(night, ErrorClass.INVALID_ROW);
            replay(night, ErrorClass.REPEATED_TRANSACTION);
            RunResult second = night.run();

            assertThat(second.exitCode()).as(second.reason()).isEqualTo(ExitCode.FINISHED);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SENT", 3L));
            isBalanced(night, second.summary(), "19.98");
            assertThat(reportAgain(night, 1)).isEqualTo(firstReport);
        }
    }

    @Test
    void suppressesTheRowsOfAnOptedOutDeviceAgainAndSaysSoBefore() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 451, yesterday, "9.99");
            night.purchase(2, 451, yesterday.plusSeconds(1), "9.99");
            night.run();

            ReplayPreview preview = replay(night, ErrorClass.SUPPRESSED_LOCALLY);
            RunResult second = night.run();

            assertThat(preview.rows()).isEqualTo(1);
            assertThat(preview.suppressed()).isEqualTo(1);
            assertThat(night.states("purchase")).isEqualTo(Map.of("SUPPRESSED", 2L));
            assertThat(night.sandbox().tally().requests()).isEqualTo(1);
            isBalanced(night, second.summary(), "9.99");
        }
    }

    @Test
    void holdsAReplayedRowBehindAnEarlierOneInDoubtAtOnce() {
        try (Night night = new Night(reports)) {
            night.purchase(2, 1, yesterday, "-1");
            night.run();
            night.purchase(1, 1, yesterday.minusSeconds(1), "1.00");
            night.sandbox().faults().next(1, new Fault.Reset(Fault.Moment.BEFORE_COUNTING));
            night.run();

            replay(night, ErrorClass.INVALID_ROW);

            assertThat(night.states("purchase")).isEqualTo(Map.of("IN_DOUBT", 1L, "HELD", 1L));
            assertThat(life(night, 2).entries())
                    .extracting(RowLife.Entry::state, RowLife.Entry::reason)
                    .endsWith(tuple(RowState.PENDING, "mended"), tuple(RowState.HELD, "waits for row 1"));
        }
    }

    @Test
    void doesNothingIfTheRowsAreNotThoseThatWereShown() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 1, yesterday, "-1");
            night.run();

            assertThat(night.bean(Replay.class).execute(all(ErrorClass.INVALID_ROW), 2, "ada", "mended"))
                    .isFalse();

            assertThat(night.states("purchase")).isEqualTo(Map.of("INVALID", 1L));
        }
    }

    private static ReplayPreview replay(Night night, ErrorClass errorClass) {
        Replay replay = night.bean(Replay.class);
        ReplayPreview preview = replay.preview(all(errorClass));
        assertThat(replay.execute(all(errorClass), preview.rows(), "ada", "mended"))
                .isTrue();
        return preview;
    }

    private static Selection all(ErrorClass errorClass) {
        return new Selection(errorClass, EnumSet.allOf(Kind.class), null, null, null);
    }

    private static void isBalanced(Night night, RunSummary summary, String reopened) {
        assertThat(purchases(summary).reopened().money()).isEqualTo(Map.of("EUR", new BigDecimal(reopened)));
        assertThat(summary.kinds())
                .allSatisfy(kind -> assertThat(kind.difference().isNothing())
                        .as(kind.toString())
                        .isTrue());
        assertThat(new Reconciliation(night.bean(DataSource.class))
                        .balance(Period.ALWAYS)
                        .differences())
                .isEmpty();
    }

    private static KindSummary purchases(RunSummary summary) {
        return summary.kinds().stream()
                .filter(kind -> kind.kind() == Kind.PURCHASE)
                .findFirst()
                .orElseThrow();
    }

    private static RowLife life(Night night, long purchase) {
        return new RowLives(night.bean(DataSource.class))
                .find(Kind.PURCHASE, purchase)
                .orElseThrow();
    }

    private Map<String, String> reportAgain(Night night, long run) {
        return files(new RunReport(night.bean(DataSource.class), reports.resolve("again"))
                .write(run)
                .folder());
    }

    private static Map<String, String> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, String> contents = new TreeMap<>();
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
