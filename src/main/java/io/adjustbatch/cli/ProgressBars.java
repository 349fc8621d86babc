package io.adjustbatch.cli;

import io.adjustbatch.job.Progress;
import io.adjustbatch.job.Progress.Phase;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar a phase, on a terminal. */
final class ProgressBars implements ProgressView {

    private static final int REDRAW_MILLIS = 200;

    private @Nullable Phase phase;
    private @Nullable ProgressBar bar;

    @Override
    public void show(Progress progress) {
        if (progress.phase() != phase) {
            close();
            phase = progress.phase();
        }
        if (bar == null) {
            bar = begin(progress.phase());
        }
        bar.maxHint(progress.expected() > 0 ? progress.expected() : -1);
        bar.stepTo(progress.settled());
        bar.setExtraMessage(progress.inFlight() > 0 ? progress.inFlight() + " in flight" : "");
    }

    private static ProgressBar begin(Phase phase) {
        return new ProgressBarBuilder()
                .setTaskName(phase.words())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setInitialMax(-1)
                .showSpeed()
                .build();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
