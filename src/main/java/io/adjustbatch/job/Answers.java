package io.adjustbatch.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The answers that have come in for one partition: put in by any thread, gathered by the partition's own. */
final class Answers {

    /** A commit an answer would be far too many: while there are few, wait this long for more. */
    static final Duration GATHER = Duration.ofMillis(2);

    private final BlockingQueue<Answer> come = new LinkedBlockingQueue<>();

    void add(Answer answer) {
        come.add(answer);
    }

    /** What has come in; waits a moment while that is less than {@code enough}. */
    List<Answer> gather(int enough) throws InterruptedException {
        List<Answer> gathered = new ArrayList<>(enough);
        come.drainTo(gathered);
        long deadline = System.nanoTime() + GATHER.toNanos();
        while (gathered.size() < enough) {
            Answer answer = come.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                break;
            }
            gathered.add(answer);
            come.drainTo(gathered);
        }
        return gathered;
    }
}
