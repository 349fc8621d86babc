package io.adjustbatch.ledger;

import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.JdbcTemplate;

/** The journal's monthly partitions: makes them ahead of time, and keeps the planner informed of the current one. */
public final class JournalMonths {

    /** This month, and so many more: a run that passes the end of the month, or even two, finds its partition. */
    private static final int AHEAD = 2;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    public JournalMonths(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Makes the partitions of last month, for a clock that runs behind the database's, of this and of the next two. */
    public void prepare() {
        YearMonth now = YearMonth.now(clock.withZone(ZoneOffset.UTC));
        for (int month = -1; month <= AHEAD; month++) {
            make(now.plusMonths(month));
        }
    }

    /** Refreshes the planner's statistics of this month: reports of a long run read what autovacuum has not met yet. */
    public void analyze() {
        jdbc.execute("ANALYZE adjust_batch.delivery_journal_%1$tY_%1$tm"
                .formatted(YearMonth.now(clock.withZone(ZoneOffset.UTC)).atDay(1)));
    }

    private void make(YearMonth month) {
        jdbc.execute("""
                CREATE TABLE IF NOT EXISTS adjust_batch.delivery_journal_%1$tY_%1$tm
                PARTITION OF adjust_batch.delivery_journal
                FOR VALUES FROM ('%1$tY-%1$tm-01 00:00:00+00') TO ('%2$tY-%2$tm-01 00:00:00+00')""".formatted(month.atDay(1), month.plusMonths(1).atDay(1)));
    }
}
