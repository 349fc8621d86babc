package io.adjustbatch.audit.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ReportRow;
import io.adjustbatch.ledger.RowState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ListingTests {

    private static final int MORE_THAN_THERE_IS_ROOM_FOR = 10_001;
    private static final Instant TIME = Instant.parse("2026-02-28T12:00:00Z");

    private final PageRows rows = new PageRows(null);
    private final DayTables tables = new DayTables(rows);

    @Test
    void sayOfDaysOnlyThatThereWereTooManyDays() {
        for (int day = 0; day < MORE_THAN_THERE_IS_ROOM_FOR; day++) {
            rows.add(sent(day, "app1", TIME.minus(Duration.ofDays(day))));
        }

        assertThat(Stream.of(tables.rowsByDay(), tables.moneyByDay()))
                .extracting(PageTable::note)
                .allMatch(note -> String.valueOf(note).endsWith(" 1 row of further days are in the CSV files only."));
        assertThat(AppTable.of(rows.apps()).note()).isNull();
    }

    @Test
    void sayOfAppsOnlyThatThereWereTooManyApps() {
        for (int app = 0; app < MORE_THAN_THERE_IS_ROOM_FOR; app++) {
            rows.add(sent(app, "app" + app, TIME));
        }

        assertThat(AppTable.of(rows.apps()).note()).endsWith(" 1 row of further apps are in the CSV files only.");
        assertThat(Stream.of(tables.rowsByDay(), tables.moneyByDay()))
                .extracting(PageTable::note)
                .containsOnlyNulls();
    }

    @Test
    void writesNumbersTheSameOnEveryMachine() {
        Locale machine = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(Listing.note(1_234, rows.days(), "days"))
                    .isEqualTo("The first 500 of 1,234 lines; the CSV files have every row.");
        } finally {
            Locale.setDefault(machine);
        }
    }

    private static ReportRow sent(long rowId, String app, Instant occurredAt) {
        return new ReportRow(
                "purchase",
                rowId,
                app,
                "evt1",
                "production",
                occurredAt,
                "EUR",
                BigDecimal.ONE,
                null,
                RowState.SENT,
                "DELIVERED",
                200,
                "OK",
                null,
                "adjust",
                null,
                1,
                TIME,
                TIME,
                TIME,
                null,
                null,
                1L);
    }
}
