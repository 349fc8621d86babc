package io.adjustbatch.cli;

import io.adjustbatch.job.Progress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Looks at a run's progress again and again, on a thread of its own, until it is closed; then closes the view. On the same
 * thread a person is asked, so that nothing is drawn over the question.
 */
final class Watching implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer;
    private final ProgressView view;
    private final CompletableFuture<Boolean> withdrawal = new CompletableFuture<>();
    private volatile boolean asking;

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

    /** Asks, and waits for the answer; false if the question is withdrawn before, or was before it could be asked. */
    boolean ask(BooleanSupplier question) {
        return CompletableFuture.supplyAsync(() -> !withdrawal.isDone() && answer(question), timer)
                .applyToEither(withdrawal, answer -> answer)
                .join();
    }

    private boolean answer(BooleanSupplier question) {
        view.close();
        asking = true;
        boolean answer = question.getAsBoolean();
        asking = false;
        return answer;
    }

    /** Nobody waits for an answer any longer, now or later. */
    void withdraw() {
        withdrawal.complete(false);
    }

    @Override
    public void close() {
        if (asking) {
            timer.shutdownNow(); // nobody may ever answer; the view is closed
            return;
        }
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
