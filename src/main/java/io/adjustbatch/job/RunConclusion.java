package io.adjustbatch.job;

import io.adjustbatch.audit.Balance;
import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.Reconciliation;
import io.adjustbatch.audit.RunSummary;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.ComparisonScope;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.JournalMonths;
import io.adjustbatch.ledger.Recovery;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.WarehouseComparison;
import io.adjustbatch.ledger.WarehouseDifference;
import io.adjustbatch.ledger.WarehouseDifference.Sort;
import io.adjustbatch.ledger.WarehouseDifferences;
import io.adjustbatch.warehouse.Relation;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What comes after the job, however it ended: what its failed parts left on the wire, the balance, the run's end in the
 * ledger, its report.
 *
 * <p>The end is committed when the report that names it is written, and only then is that put in place. So at no moment
 * do ledger and report name different ends; a death in between leaves a run without an end, or without a report.
 */
final class RunConclusion {

    private final Recovery recovery;
    private final JournalMonths journalMonths;
    private final Reconciliation reconciliation;
    private final WarehouseComparison warehouse;
    private final InDoubtRows inDoubtRows;
    private final Runs runs;
    private final RunReport report;
    private final CurrentRun currentRun;
    private final TransactionTemplate snapshot;

    RunConclusion(
            Recovery recovery,
            JournalMonths journalMonths,
            Reconciliation reconciliation,
            WarehouseComparison warehouse,
            InDoubtRows inDoubtRows,
            Runs runs,
            RunReport report,
            CurrentRun currentRun,
            PlatformTransactionManager transactionManager) {
        this.recovery = recovery;
        this.journalMonths = journalMonths;
        this.reconciliation = reconciliation;
        this.warehouse = warehouse;
        this.inDoubtRows = inDoubtRows;
        this.runs = runs;
        this.report = report;
        this.currentRun = currentRun;
        this.snapshot = new TransactionTemplate(transactionManager);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /**
     * Ends a run.
     *
     * @param relations that took part
     * @throws UnreportedRunException if its report cannot be written; the ledger says so
     * @throws UnrecordedRunException if the ledger cannot be written, or the run is no longer this process's
     */
    RunResult of(long runId, RunEnd jobEnd, Collection<Relation> relations) {
        currentRun.enter(Progress.Phase.RECONCILING);
        Verdict verdict = judged(jobEnd, relations);
        currentRun.enter(Progress.Phase.REPORTING);
        try {
            return reported(runId, verdict);
        } catch (UnrecordedRunException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            throw unreported(runId, verdict, e);
        }
    }

    // What was found holds, though the next check cannot be made. An Error, too: the first use of a class fails with
    // one if
    // the jar was replaced under the run.
    private Verdict judged(RunEnd jobEnd, Collection<Relation> relations) {
        Verdict verdict = new Verdict(jobEnd, WarehouseDifferences.NONE);
        List<UnaryOperator<Verdict>> checks =
                List.of(this::settled, this::balanced, before -> compared(before, relations));
        for (UnaryOperator<Verdict> check : checks) {
            try {
                verdict = check.apply(verdict);
            } catch (RuntimeException | Error e) {
                return verdict.with(verdict.end().thenFailed("the books could not be checked: " + RootCause.words(e)));
            }
        }
        return verdict;
    }

    private Verdict settled(Verdict verdict) {
        ActiveRun run = currentRun.activeOrNull();
        if (run != null) {
            recovery.settleLeftovers(run.token());
        }
        return inDoubtRows.count() > 0 ? verdict.with(verdict.end().thenInDoubt()) : verdict;
    }

    private Verdict balanced(Verdict verdict) {
        journalMonths.analyze();
        Balance balance = reconciliation.balance(Period.ALWAYS);
        return balance.isBalanced()
                ? verdict
                : verdict.with(verdict.end()
                        .thenImbalanced("the books do not balance: %d differences, the first: %s"
                                .formatted(
                                        balance.differenceCount(),
                                        balance.differences().get(0).words())));
    }

    /** Of all drift only a row that was never taken is a fault of ours: it would never be sent. */
    private Verdict compared(Verdict verdict, Collection<Relation> relations) {
        WarehouseDifferences drift = warehouse.compare(relations, ComparisonScope.ALWAYS);
        RunEnd end = drift.listed().stream()
                .filter(difference -> difference.sort() == Sort.MISSING && difference.accepted() == null)
                .findFirst()
                .map(WarehouseDifference::words)
                .map(first -> verdict.end()
                        .thenImbalanced(
                                "rows of the warehouse missing from the ledger: %d, the first: %s; the command reconcile names them and says what to do"
                                        .formatted(drift.open(Sort.MISSING), first)))
                .orElse(verdict.end());
        return new Verdict(end, drift);
    }

    private RunResult reported(long runId, Verdict verdict) {
        RunEnd end = verdict.end();
        try (RunReport.Draft draft = report.draft(runId)) {
            RunSummary summary = Objects.requireNonNull(snapshot.execute(status -> {
                close(runId, verdict);
                RunSummary written = draft.write();
                currentRun.settleEnd();
                return written;
            }));
            return new RunResult(summary, end.exitCode(), end.reason(), draft.publish());
        }
    }

    private RuntimeException unreported(long runId, Verdict verdict, Throwable failure) {
        Verdict failed = verdict.with(verdict.end()
                .thenFailed(
                        "the report could not be written: %s; once that is mended, this writes it: %s report --run %d"
                                .formatted(RootCause.words(failure), NextSteps.INVOCATION, runId)));
        currentRun.settleEnd();
        try {
            snapshot.executeWithoutResult(status -> close(runId, failed));
        } catch (UnrecordedRunException e) {
            return e;
        } catch (RuntimeException e) {
            return UnrecordedRunException.ofLoss(runId, verdict.end(), e);
        }
        return new UnreportedRunException(runId, failed.end(), failure);
    }

    private void close(long runId, Verdict verdict) {
        RunEnd end = verdict.end();
        if (!runs.close(runId, end.state(), end.exitCode().code(), end.reason(), end.halts())) {
            throw UnrecordedRunException.ofTakeover(runId);
        }
        warehouse.record(runId, verdict.drift());
    }

    /** How the run ends, and what differed between warehouse and ledger by then. */
    private record Verdict(RunEnd end, WarehouseDifferences drift) {

        Verdict with(RunEnd other) {
            return new Verdict(other, drift);
        }
    }
}
