package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.RefusedRows;
import io.adjustbatch.testing.MixedRows;
import io.adjustbatch.warehouse.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that is made again gives the same bytes, whatever has happened since. */
class LastingReportsIntegrationTests {

    private static final int LATER_RUNS = 10;

    @TempDir
    private Path reports;

    @TempDir
    private Path again;

    @Test
    void areTheSameAfterTenLaterRuns() throws IOException {
        try (Night night = new Night(reports)) {
            MixedRows.insert(night.jdbc(), 1_000);
            night.run();
            for (int run = 2; run <= 1 + LATER_RUNS; run++) {
                changeTheWarehouse(night, run);
                decideAsAPerson(night, run);
                if (run % 4 == 0) {
                    failOnTheWay(night);
                } else {
                    night.run();
                }
            }

            RunReport report = new RunReport(night.database(), again);
            for (long run = 1; run <= 1 + LATER_RUNS; run++) {
                report.write(run);

                assertThat(files(again, run)).as("run %d", run).hasSize(6).isEqualTo(files(reports, run));
            }
            assertThat(night.count("adjust_batch.delivery_journal j JOIN adjust_batch.run r USING (run_id)"
                            + " WHERE r.state = 'FAILED' AND j.state = 'IN_DOUBT'"))
                    .isPositive();
            assertThat(night.count("adjust_batch.restaged_row")).isPositive();
            assertThat(night.count("adjust_batch.delivery_journal WHERE decided_by = 'person' AND state = 'SENT'"))
                    .isPositive();
            assertThat(night.count("adjust_batch.delivery_journal WHERE decided_by = 'person' AND state = 'PENDING'"))
                    .isPositive();
        }
    }

    /** New rows, money mended, money changed after it was sent, and a row gone. */
    private static void changeTheWarehouse(Night night, int run) {
        night.jdbc().sql("""
                        INSERT INTO warehouse.purchase (id, app_token, environment, occurred_at, event_token, revenue,
                            currency, gps_adid, os_name, transaction_id)
                        SELECT :run * 10000 + id, app_token, environment, occurred_at - INTERVAL '1 hour', event_token,
                            revenue, currency, gps_adid, os_name, 'R' || :run || '-' || id
                        FROM warehouse.purchase WHERE id % 100 = 3 AND id < 10000""").param("run", run).update();
        night.jdbc()
                .sql("UPDATE warehouse.purchase SET revenue = :run + 0.5 WHERE id % 100 = 3 AND id < 100 * :run")
                .param("run", run)
                .update();
        night.jdbc()
                .sql("UPDATE warehouse.ad_revenue SET revenue = revenue + 1 WHERE id % 100 = 2")
                .update();
        night.jdbc()
                .sql("DELETE FROM warehouse.session WHERE id = :run * 10 + 1")
                .param("run", run)
                .update();
    }

    /** A run that can record no delivery: its rows have left, and stay on the wire as far as it knows. */
    private static void failOnTheWay(Night night) {
        night.jdbc().sql("""
                        CREATE OR REPLACE FUNCTION adjust_batch.sabotage() RETURNS trigger LANGUAGE plpgsql
                        AS $$ BEGIN RAISE EXCEPTION 'sabotage'; END $$;
                        CREATE TRIGGER sabotage BEFORE UPDATE ON adjust_batch.delivery FOR EACH ROW
                        WHEN (NEW.state = 'SENT') EXECUTE FUNCTION adjust_batch.sabotage()""").update();
        assertThat(night.run().exitCode()).isEqualTo(ExitCode.FAILED);
        night.jdbc().sql("DROP TRIGGER sabotage ON adjust_batch.delivery").update();
    }

    private static void decideAsAPerson(Night night, int run) {
        if (run % 3 == 0) {
            night.bean(LedgerCommands.class)
                    .resolve(InDoubtRows.Selection.ALL, InDoubtRows.Finding.SENT, "ann", "found " + run);
        }
        if (run % 2 == 0) {
            RefusedRows.Selection refused =
                    new RefusedRows.Selection(ErrorClass.INVALID_ROW, EnumSet.of(Kind.PURCHASE), null, null, null);
            long rows = night.bean(Replay.class).preview(refused).rows();
            assertThat(night.bean(Replay.class).execute(refused, rows, "bob", "mended " + run))
                    .isTrue();
        }
    }

    private static Map<String, String> files(Path directory, long run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("run-" + run))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
