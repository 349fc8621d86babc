package io.adjustbatch.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class JournalMonthsIntegrationTests {

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @Test
    void makesTheMonthBeforeThisOneAndTwoAheadOverTheTurnOfTheYear() {
        prepare("2025-12-31T23:59:59Z");

        assertThat(months()).containsExactly("2025_11", "2025_12", "2026_01", "2026_02");
    }

    @Test
    void makesOnlyWhatIsMissing() {
        prepare("2025-12-31T23:59:59Z");
        prepare("2025-12-31T23:59:59Z");
        prepare("2026-01-01T00:00:00Z");

        assertThat(months()).containsExactly("2025_11", "2025_12", "2026_01", "2026_02", "2026_03");
    }

    @Test
    void cutsMonthsInUtcWhateverTheSessionsZone() {
        prepare("2026-01-15T00:00:00Z");

        jdbc.execute("SET TIME ZONE 'Pacific/Auckland'; INSERT INTO adjust_batch.delivery_journal"
                + " (at, kind, row_id, state, attempt, decided_by)"
                + " VALUES ('2026-01-31T23:59:59.999999Z', 'purchase', 1, 'SENT', 1, 'adjust'),"
                + " ('2026-02-01T00:00:00Z', 'purchase', 2, 'SENT', 1, 'adjust')");

        assertThat(jdbc.queryForList("SELECT row_id FROM adjust_batch.delivery_journal_2026_01", Long.class))
                .containsExactly(1L);
        assertThat(jdbc.queryForList("SELECT row_id FROM adjust_batch.delivery_journal_2026_02", Long.class))
                .containsExactly(2L);
    }

    private void prepare(String now) {
        new JournalMonths(jdbc, Clock.fixed(Instant.parse(now), ZoneOffset.ofHours(13))).prepare();
    }

    private List<String> months() {
        return jdbc.queryForList(
                "SELECT substr(relname, length('delivery_journal_') + 1) FROM pg_class"
                        + " WHERE relkind = 'r' AND relname ~ '^delivery_journal_[0-9]{4}_[0-9]{2}$' ORDER BY 1",
                String.class);
    }
}
