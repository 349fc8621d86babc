package io.adjustbatch.audit;

import io.adjustbatch.ledger.Run;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which journal entries belong to a run: its own, and those of a person (they bear no run) made after the end of the
 * run before and before its own end. So every entry belongs to exactly one run, entries of one run are later than
 * those of the run before, and what is decided after a run's end never changes what is reported of it.
 *
 * <p>This rests on the lock: whoever writes the ledger holds it, so runs and decisions of persons never overlap.
 *
 * @param since the end of the run before; null if there is none
 * @param until the end of this run; null while it runs
 */
record RunWindow(
        long runId, @Nullable Instant since, @Nullable Instant until) implements Window {

    static RunWindow of(Run run, @Nullable Instant endOfRunBefore) {
        return new RunWindow(run.runId(), endOfRunBefore, run.endedAt());
    }

    /** The same and all that persons have done since. Of the last run only: later ones have entries of their own. */
    RunWindow upToNow() {
        return new RunWindow(runId, since, null);
    }

    @Override
    public Map<String, Object> parameters() {
        return Map.of(
                "run", runId,
                "since", since == null ? OffsetDateTime.MIN : since.atOffset(ZoneOffset.UTC),
                "until", until == null ? OffsetDateTime.MAX : until.atOffset(ZoneOffset.UTC));
    }

    @Override
    public String entries() {
        return "(j.run_id = :run OR j.run_id IS NULL AND j.at >= :since AND j.at < :until)";
    }

    @Override
    public String entriesUntilItsEnd() {
        return "(j.run_id <= :run OR j.run_id IS NULL AND j.at < :until)";
    }

    @Override
    public String entriesAfterIt() {
        return "(j.run_id > :run OR j.run_id IS NULL AND j.at >= :until)";
    }

    @Override
    public String stagedBefore() {
        return "d.staged_run_id < :run";
    }

    @Override
    public String stagedUntilItsEnd() {
        return "d.staged_run_id <= :run";
    }

    @Override
    public String leftBefore() {
        return "d.run_id < :run";
    }

    @Override
    public String leftUntilItsEnd() {
        return "d.run_id <= :run";
    }

    @Override
    public String stagedTotals() {
        return "run_id = :run";
    }

    @Override
    public String restagedInIt() {
        return "r.run_id = :run";
    }

    @Override
    public String restagedAfterIt() {
        return "r.run_id > :run";
    }

    @Override
    public String leftOutTotals() {
        return "run_id = :run";
    }
}
