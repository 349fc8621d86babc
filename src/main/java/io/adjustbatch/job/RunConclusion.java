package io.adjustbatch.job;

import io.adjustbatch.audit.Balance;
import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.Reconciliation;
import io.adjustbatch.audit.RunReport;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.JournalMonths;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.WarehouseComparison;
import io.adjustbatch.ledger.WarehouseDifference;
import io.adjustbatch.ledger.WarehouseDifference.Sort;
import io.adjustbatch.ledger.WarehouseDifferences;
import io.adjustbatch.warehouse.Relation;
import java.util.Collection;

/** What comes after the job, however it ended: the balance, the run's end in the ledger, its report. */
final class RunConclusion {

    private final JournalMonths journalMonths;
    private final Reconciliation reconciliation;
    private final WarehouseComparison warehouse;
    private final InDoubtRows inDoubtRows;
    private final Runs runs;
    private final RunReport report;

    RunConclusion(
            JournalMonths journalMonths,
            Reconciliation reconciliation,
            WarehouseComparison warehouse,
            InDoubtRows inDoubtRows,
            Runs runs,
            RunReport report) {
        this.journalMonths = journalMonths;
        this.reconciliation = reconciliation;
        this.warehouse = warehouse;
        this.inDoubtRows = inDoubtRows;
        this.runs = runs;
        this.report = report;
    }

    /** @param relations that took part */
    RunResult of(long runId, RunEnd jobEnd, Collection<Relation> relations) {
        journalMonths.analyze();
        WarehouseDifferences drift = warehouse.compare(relations, null, null);
        warehouse.record(runId, drift);
        RunEnd waiting = inDoubtRows.count() > 0 ? jobEnd.with(ExitCode.WAITING_FOR_PERSON) : jobEnd;
        RunEnd end = complete(drift, balanced(waiting));
        runs.close(runId, end.state(), end.exitCode().code(), end.reason());
        RunReport.Written written = report.write(runId);
        return new RunResult(written.summary(), end.exitCode(), end.reason(), written.folder());
    }

    private RunEnd balanced(RunEnd end) {
        Balance balance = reconciliation.balance(Period.ALWAYS);
        return balance.isBalanced()
                ? end
                : imbalanced(
                        end,
                        "the books do not balance: %d differences, the first: %s"
                                .formatted(
                                        balance.differenceCount(),
                                        balance.differences().get(0).words()));
    }

    /** Of all drift only a row that was never taken is a fault of ours: it would never be sent. */
    private static RunEnd complete(WarehouseDifferences drift, RunEnd end) {
        return drift.listed().stream()
                .filter(difference -> difference.sort() == Sort.MISSING && difference.accepted() == null)
                .findFirst()
                .map(WarehouseDifference::words)
                .map(first -> imbalanced(
                        end,
                        "rows of the warehouse missing from the ledger: %d, the first: %s; the command reconcile names them and says what to do"
                                .formatted(drift.open(Sort.MISSING), first)))
                .orElse(end);
    }

    private static RunEnd imbalanced(RunEnd end, String reason) {
        return new RunEnd(
                end.state() == RunState.COMPLETED ? RunState.FAILED : end.state(),
                end.exitCode().or(ExitCode.IMBALANCED),
                end.reason() == null ? reason : end.reason() + "; " + reason);
    }
}
