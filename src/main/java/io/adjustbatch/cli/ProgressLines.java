package io.adjustbatch.cli;

import io.adjustbatch.job.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line a look, for files and for what reads a pipe. */
final class ProgressLines implements ProgressView {

    private final PrintWriter err;
    private @Nullable Progress last;

    ProgressLines(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void show(Progress progress) {
        Progress before = last != null && last.phase() == progress.phase() ? last : null;
        err.println(line(before, progress));
        last = progress;
    }

    /**
     * What is to be told.
     *
     * @param before the last look at the same phase, for the rate; null if this is the first
     */
    static String line(@Nullable Progress before, Progress now) {
        StringBuilder line = new StringBuilder(now.phase().words());
        if (now.settled() > 0 || now.expected() > 0) {
            line.append(": ").append(number(now.settled()));
            line.append(now.expected() > 0 ? " of " + number(now.expected()) : " rows");
        }
        long rate = before == null ? 0 : rate(before, now);
        if (rate > 0) {
            line.append(", ").append(number(rate)).append(" rows/s");
        }
        if (now.inFlight() > 0) {
            line.append(", ").append(number(now.inFlight())).append(" in flight");
        }
        return line.toString();
    }

    private static long rate(Progress before, Progress now) {
        long millis = now.elapsed().minus(before.elapsed()).toMillis();
        return millis <= 0 ? 0 : (now.settled() - before.settled()) * 1000 / millis;
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    @Override
    public void close() {}
}
