package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.sandbox.Fault;
import io.adjustbatch.testing.MixedRows;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many rows a death at the worst moment would leave in doubt. */
class DoubtBudgetIntegrationTests {

    @TempDir
    private Path reports;

    @Test
    void neverHasMoreRowsOnTheWireThanTwiceTheWindowWhateverThePartitions() {
        try (Night night = new Night(reports, "--adjust.max-in-flight=2", "--adjust.partitions=4")) {
            MixedRows.insert(night.jdbc(), 200);
            night.sandbox().faults().share(100, new Fault.Delay(Duration.ZERO, Duration.ofMillis(3)));
            failBeyond(night, 4);

            RunResult result = night.run();

            assertThat(result.exitCode()).as(result.reason()).isEqualTo(ExitCode.FINISHED);
        }
    }

    /** Asked within each transaction that changes a row, which sees what all others have committed. */
    private static void failBeyond(Night night, int rows) {
        night.stageOnly();
        night.jdbc().sql("""
                        CREATE FUNCTION adjust_batch.count_doubtful() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                            IF (SELECT count(*) FROM adjust_batch.delivery WHERE state = 'SENDING') > %d THEN
                                RAISE EXCEPTION 'too many rows are on the wire';
                            END IF;
                            RETURN NULL;
                        END $$;
                        CREATE TRIGGER count_doubtful AFTER UPDATE ON adjust_batch.delivery
                            FOR EACH STATEMENT EXECUTE FUNCTION adjust_batch.count_doubtful()""".formatted(rows)).update();
    }
}
