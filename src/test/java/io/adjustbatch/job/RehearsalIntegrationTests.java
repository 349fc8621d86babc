package io.adjustbatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.audit.Tally;
import io.adjustbatch.job.Forecast.Example;
import io.adjustbatch.job.Forecast.Fate;
import io.adjustbatch.job.Forecast.Prospect;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is said of the next run, against what it then does. */
class RehearsalIntegrationTests {

    private static final Fate SENT = new Fate(Kind.PURCHASE, Prospect.SENT, null);

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    @TempDir
    private Path reports;

    @Test
    void saysWhatTheRunThenDoesAndChangesNothing() {
        try (Night night = new Night(reports)) {
            night.bean(Migration.class).migrate();
            rows(night);
            List<Map<String, Object>> before = everything(night.jdbc());

            Forecast forecast = forecast(night);
            Forecast again = forecast(night);
            List<Map<String, Object>> after = everything(night.jdbc());
            RunResult result = night.run();

            assertThat(after).isEqualTo(before);
            assertThat(again).isEqualTo(forecast);
            assertThat(forecast.tallies())
                    .containsOnlyKeys(
                            new Fate(Kind.SESSION, Prospect.SENT, null),
                            SENT,
                            new Fate(Kind.PURCHASE, Prospect.REFUSED, ErrorClass.INVALID_ROW),
                            new Fate(Kind.PURCHASE, Prospect.REFUSED, ErrorClass.REPEATED_TRANSACTION),
                            new Fate(Kind.PURCHASE, Prospect.WAITING, ErrorClass.NOT_YET_DUE),
                            new Fate(Kind.PURCHASE, Prospect.LEFT_OUT, null),
                            new Fate(Kind.AD_REVENUE, Prospect.SENT, null));
            assertThat(forecast.of(Prospect.SENT)).isEqualTo(result.summary().in(RowState.SENT));
            assertThat(forecast.of(Prospect.WAITING)).isEqualTo(result.summary().in(RowState.DEFERRED));
            assertThat(forecast.of(Prospect.REFUSED))
                    .isEqualTo(result.summary()
                            .in(RowState.INVALID)
                            .plus(result.summary().in(RowState.DUPLICATE))
                            .plus(result.summary().in(RowState.HELD)));
            assertThat(forecast.of(Prospect.LEFT_OUT))
                    .isEqualTo(result.summary().of(Kind.PURCHASE).leftOut().tally());
            assertThat(forecast.examples())
                    .contains(
                            new Example(
                                    Kind.PURCHASE,
                                    3,
                                    ErrorClass.INVALID_ROW,
                                    "revenue must not be negative, but is -4.99: refunds cannot be reported to Adjust"),
                            new Example(Kind.PURCHASE, 6, ErrorClass.INVALID_ROW, "occurred_at is not a finite time"));
        }
    }

    @Test
    void knowsWhatAnEarlierRunLeftAndWhatHasChangedSince() {
        try (Night night = new Night(reports)) {
            night.purchase(1, 2_001, yesterday, "9.99");
            night.purchase(2, 2_002, yesterday, "5.00");
            night.stageOnly();
            night.jdbc()
                    .sql("UPDATE warehouse.purchase SET revenue = 6 WHERE id = 2")
                    .update();
            night.purchase(3, 2_003, yesterday, "1.00");

            Forecast forecast = forecast(night);

            assertThat(forecast.tallies()).containsOnlyKeys(SENT);
            assertThat(forecast.tallies().get(SENT))
                    .isNotNull()
                    .extracting(Tally::rows)
                    .isEqualTo(3L);
            assertThat(forecast.tallies().get(SENT))
                    .isEqualTo(night.run().summary().in(RowState.SENT));
            assertThat(forecast(night).tallies()).isEmpty();
        }
    }

    @Test
    void looksOnlyAtTheKindsAskedFor() {
        try (Night night = new Night(reports)) {
            night.bean(Migration.class).migrate();
            rows(night);

            assertThat(night.bean(Rehearsal.class).of(EnumSet.of(Kind.SESSION)).tallies())
                    .containsOnlyKeys(new Fate(Kind.SESSION, Prospect.SENT, null));
        }
    }

    private void rows(Night night) {
        night.session(1, 2_001, yesterday);
        night.adRevenue(1, yesterday, "0.0002", "USD");
        night.purchase(1, 2_001, yesterday, "9.99");
        night.purchase(2, 2_002, yesterday, "5.01");
        night.purchase(3, 2_003, yesterday, "-4.99");
        night.purchase(4, 2_004, Instant.now().minus(Duration.ofDays(70)), "7.00");
        night.purchase(5, 2_005, Instant.now().plus(Duration.ofHours(20)), "8.00");
        night.purchase(6, 2_006, yesterday, "2.00");
        night.jdbc()
                .sql("UPDATE warehouse.purchase SET occurred_at = 'infinity' WHERE id = 6")
                .update();
        night.purchase(7, 2_001, yesterday.plusSeconds(1), "9.99");
        night.jdbc()
                .sql("UPDATE warehouse.purchase SET transaction_id = 'T1' WHERE id = 7")
                .update();
        night.purchase(8, Night.APP, "abc123", 2_008, yesterday, new BigDecimal("3.333"), "USD");
    }

    private static Forecast forecast(Night night) {
        return night.bean(Rehearsal.class).of(EnumSet.allOf(Kind.class));
    }

    /** How many rows each table of the ledger has had inserted, changed and taken away, as the rows themselves say. */
    private static List<Map<String, Object>> everything(JdbcClient jdbc) {
        return jdbc.sql("""
                        SELECT 'delivery' AS relation, count(*) AS rows, md5(string_agg(d::text, ';' ORDER BY d::text)) AS content
                        FROM adjust_batch.delivery d
                        UNION ALL SELECT 'journal', count(*), NULL FROM adjust_batch.delivery_journal
                        UNION ALL SELECT 'mark', count(*), NULL FROM adjust_batch.staging_mark
                        UNION ALL SELECT 'run', count(*), NULL FROM adjust_batch.run
                        UNION ALL SELECT 'transaction', count(*), NULL FROM adjust_batch.purchase_transaction
                        UNION ALL SELECT 'key', count(*), NULL FROM adjust_batch.privacy_key
                        UNION ALL SELECT 'execution', count(*), NULL FROM adjust_batch.batch_job_execution""").query().listOfRows();
    }
}
