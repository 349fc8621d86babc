package io.adjustbatch.job;

import io.adjustbatch.ledger.RunToken;
import io.adjustbatch.policy.Halt;
import io.adjustbatch.policy.Halts;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What all partitions of one run share: its two limits, what is halted, and whether it is to end. Threads may share it.
 *
 * <p>The <em>window</em> bounds the exchanges on the wire, the <em>doubt budget</em>, twice as large, the rows between
 * the commit of their intent and the commit of their settlement: so many can be in doubt after the process is killed.
 */
final class ActiveRun {

    private final RunToken token;
    private final RunOptions options;
    private final int maxInFlight;
    private final Semaphore window;
    private final Semaphore doubtBudget;
    private final Halts halts = new Halts();
    private final OptedOutDevices optedOut = new OptedOutDevices();
    private final Map<Kind, AtomicLong> tickets = new EnumMap<>(Kind.class);
    private final AtomicLong settled = new AtomicLong();
    private final AtomicReference<@Nullable String> stopReason = new AtomicReference<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Instant startedAt;

    private Progress.Phase phase = Progress.Phase.STARTING;
    private long expected;

    ActiveRun(RunToken token, RunOptions options, int maxInFlight, Instant startedAt) {
        this.startedAt = startedAt;
        this.token = token;
        this.options = options;
        this.maxInFlight = maxInFlight;
        this.window = new Semaphore(maxInFlight);
        this.doubtBudget = new Semaphore(2 * maxInFlight);
        for (Kind kind : Kind.values()) {
            tickets.put(kind, new AtomicLong(options.limit() == null ? Long.MAX_VALUE : options.limit()));
        }
    }

    RunToken token() {
        return token;
    }

    RunOptions options() {
        return options;
    }

    Semaphore window() {
        return window;
    }

    Semaphore doubtBudget() {
        return doubtBudget;
    }

    Halts halts() {
        return halts;
    }

    OptedOutDevices optedOut() {
        return optedOut;
    }

    int maxInFlight() {
        return maxInFlight;
    }

    int inFlight() {
        return maxInFlight - window.availablePermits();
    }

    void addSettled(long rows) {
        settled.addAndGet(rows);
    }

    /** Takes one of the rows that {@code --limit} allows; false if there is none left. */
    boolean takeTicket(Kind kind) {
        AtomicLong left = tickets.get(kind);
        return left != null && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    /** What is halted and what to do about it, a sentence each; empty if nothing is. */
    String haltedInWords() {
        return halts.all().stream().map(Halt::explanation).collect(Collectors.joining("; "));
    }

    /** A phase begins, or a part of one that goes on beside another. */
    synchronized void begin(Progress.Phase next, long rows) {
        if (phase != next) {
            phase = next;
            expected = 0;
            settled.set(0);
        }
        expected += rows;
    }

    synchronized Progress progress(Instant now) {
        return new Progress(phase, settled.get(), expected, inFlight(), Duration.between(startedAt, now));
    }

    /** Ends the run early: no new intents, what is in flight is settled. The first reason stays. */
    void stop(String reason) {
        stopReason.compareAndSet(null, reason);
        stopped.countDown();
    }

    boolean isStopping() {
        return stopReason.get() != null;
    }

    @Nullable
    String stopReason() {
        return stopReason.get();
    }

    /** Waits, but not beyond the end of the run. */
    void pause(Duration atMost) throws InterruptedException {
        if (stopped.await(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            return;
        }
    }
}
