package io.adjustbatch.audit;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The entries that were made on the days of a period, UTC, whichever run or person made them. */
public record PeriodWindow(Period period) implements Window {

    @Override
    public Map<String, Object> parameters() {
        LocalDate to = period.to();
        return Map.of(
                "since",
                startOf(period.from(), OffsetDateTime.MIN),
                "until",
                startOf(to == null ? null : to.plusDays(1), OffsetDateTime.MAX));
    }

    @Override
    public String entries() {
        return "(j.at >= :since AND j.at < :until)";
    }

    @Override
    public String entriesUntilItsEnd() {
        return "j.at < :until";
    }

    @Override
    public String entriesAfterIt() {
        return "j.at >= :until";
    }

    @Override
    public String stagedBefore() {
        return "d.staged_at < :since";
    }

    @Override
    public String stagedUntilItsEnd() {
        return "d.staged_at < :until";
    }

    @Override
    public String leftBefore() {
        return "d.last_attempt_at < :since";
    }

    @Override
    public String leftUntilItsEnd() {
        return "d.last_attempt_at < :until";
    }

    @Override
    public String stagedTotals() {
        return "at >= :since AND at < :until";
    }

    @Override
    public String restagedInIt() {
        return "r.at >= :since AND r.at < :until";
    }

    @Override
    public String restagedAfterIt() {
        return "r.at >= :until";
    }

    /** They bear no time of their own. */
    @Override
    public String leftOutTotals() {
        return "run_id IN (SELECT run_id FROM adjust_batch.run WHERE started_at >= :since AND started_at < :until)";
    }

    private static OffsetDateTime startOf(@Nullable LocalDate day, OffsetDateTime unbounded) {
        return day == null ? unbounded : day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
