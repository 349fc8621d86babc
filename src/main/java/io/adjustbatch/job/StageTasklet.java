package io.adjustbatch.job;

import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.Staging;
import io.adjustbatch.ledger.StagingWindow;
import io.adjustbatch.warehouse.Relation;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Stages the new rows of every kind that takes part in the run, slice by slice. */
final class StageTasklet implements Tasklet {

    private final CurrentRun currentRun;
    private final Staging staging;
    private final Runs runs;
    private final WarehouseSettings settings;

    StageTasklet(CurrentRun currentRun, Staging staging, Runs runs, WarehouseSettings settings) {
        this.currentRun = currentRun;
        this.runs = runs;
        this.staging = staging;
        this.settings = settings;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext)
            throws JobInterruptedException {
        List<Relation> relations = currentRun.relations().values().stream()
                .sorted(Comparator.comparing(Relation::kind))
                .toList();
        currentRun.active().begin(Progress.Phase.STAGING, 0);
        long firstRows = 0;
        for (Relation relation : relations) {
            Staged staged = stage(relation);
            contribution.incrementWriteCount(staged.rows);
            firstRows += staged.first ? staged.rows : 0;
        }
        if (firstRows > 0 && !currentRun.firstStaging().mayBeSent(firstRows)) {
            currentRun.stop("the first staging was not to be sent; its rows are pending");
        }
        return RepeatStatus.FINISHED;
    }

    private Staged stage(Relation relation) throws JobInterruptedException {
        ActiveRun run = currentRun.active();
        StagingWindow window =
                staging.open(relation, settings.lookback(), settings.since().instant());
        staging.restageUnread(run.token(), relation);
        long staged = 0;
        for (StagingWindow.Slice slice : window.slices()) {
            if (run.isStopping()) {
                throw new JobInterruptedException("stopped while staging " + relation.name());
            }
            long rows = staging.stage(run.token().runId(), window, slice);
            run.addSettled(rows);
            staged += rows;
        }
        staging.analyze(relation, staged);
        runs.expect(
                run.token().runId(),
                relation.kind(),
                settings.expectRows(relation.kind()).name().toLowerCase(Locale.ROOT));
        return new Staged(staged, window.isFirst());
    }

    private record Staged(long rows, boolean first) {}
}
