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

/** What comes after the job, however it ended: the balance, the run's end in the ledger, its report. */
final class RunConclusion {

    private final JournalMonths journalMonths;
    private final Reconciliation reconciliation;
    private final InDoubtRows inDoubtRows;
    private final Runs runs;
    private final RunReport report;

    RunConclusion(
            JournalMonths journalMonths,
            Reconciliation reconciliation,
            InDoubtRows inDoubtRows,
            Runs runs,
            RunReport report) {
        this.journalMonths = journalMonths;
        this.reconciliation = reconciliation;
        this.inDoubtRows = inDoubtRows;
        this.runs = runs;
        this.report = report;
    }

    RunResult of(long runId, RunEnd jobEnd) {
        journalMonths.analyze();
        RunEnd end = balanced(inDoubtRows.count() > 0 ? jobEnd.with(ExitCode.WAITING_FOR_PERSON) : jobEnd);
        runs.close(runId, end.state(), end.exitCode().code(), end.reason());
        RunReport.Written written = report.write(runId);
        return new RunResult(written.summary(), end.exitCode(), end.reason(), written.folder());
    }

    private RunEnd balanced(RunEnd end) {
        Balance balance = reconciliation.balance(Period.ALWAYS);
        if (balance.isBalanced()) {
            return end;
        }
        String reason = "the books do not balance: %d differences, the first: %s"
                .formatted(
                        balance.differenceCount(), balance.differences().get(0).words());
        return new RunEnd(
                end.state() == RunState.COMPLETED ? RunState.FAILED : end.state(),
                end.exitCode().or(ExitCode.IMBALANCED),
                end.reason() == null ? reason : end.reason() + "; " + reason);
    }
}
