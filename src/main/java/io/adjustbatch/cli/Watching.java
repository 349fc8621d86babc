package io.adjustbatch.cli;

import io.adjustbatch.job.Progress;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Looks at a run's progress again and again, on a thread of its own, until it is closed; then closes the view. */
final class Watching implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final ProgressView view;

    private Watching(ScheduledThreadPoolExecutor timer, ProgressView view) {
        this.timer = timer;
        this.view = view;
    }

    static Watching start(Supplier<Progress> progress, ProgressView view, Duration pause) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(
                () -> view.show(progress.get()), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return new Watching(timer, view);
    }

    @Override
    public void close() {
        // on the timer's own thread, after a look that may be going on
        timer.execute(view::close);
        timer.shutdown();
        try {
            timer.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
