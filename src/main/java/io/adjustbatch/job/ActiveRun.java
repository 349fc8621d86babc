package io.adjustbatch.job;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.RunOptions;
import io.adjustbatch.ledger.RunToken;
import io.adjustbatch.policy.Action;
import io.adjustbatch.policy.Halt;
import io.adjustbatch.policy.Halts;
import io.adjustbatch.policy.Limits;
import io.adjustbatch.policy.Rules;
import io.adjustbatch.policy.Target;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What all partitions of one run share: its pace, its limits, what is halted, and whether it is to end. Threads may share it.
 *
 * <p>The pace's window bounds the exchanges on the wire, the <em>doubt budget</em>, twice as large, the rows between
 * the commit of their intent and the commit of their settlement: so many can be in doubt after the process is killed.
 */
final class ActiveRun {

    private final RunToken token;
    private final RunOptions options;
    private final Pacing pacing;
    private final Limits limits;
    private final Semaphore doubtBudget;
    private final Halts halts = new Halts();
    private final OptedOutDevices optedOut = new OptedOutDevices();
    private final Map<Kind, AtomicLong> tickets = new EnumMap<>(Kind.class);
    private final AtomicLong settled = new AtomicLong();
    private final AtomicReference<@Nullable String> stopReason = new AtomicReference<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Instant startedAt;

    private Progress.Phase phase = Progress.Phase.STARTING;
    private long expected;

    ActiveRun(RunToken token, RunOptions options, Pacing pacing, Rules rules, Instant startedAt) {
        this.startedAt = startedAt;
        this.token = token;
        this.options = options;
        this.pacing = pacing;
        this.limits = new Limits(rules);
        this.doubtBudget = new Semaphore(2 * pacing.maxInFlight());
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

    Pacing pacing() {
        return pacing;
    }

    Limits limits() {
        return limits;
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

    /** How many more intents may be committed: a slow pace leaves few rows between intent and settlement. */
    int roomForIntents() {
        int between = 2 * pacing.maxInFlight() - doubtBudget.availablePermits();
        return Math.max(0, 2 * pacing.window().size() - between);
    }

    /** Takes note of an attempt's outcome and what is done about it: it may halt a part of the work, or all of it. */
    void note(Kind kind, Target target, Outcome outcome, Action action) {
        halts.note(action, target, outcome);
        halt(limits.ended(outcome.errorClass(), kind, target.appToken()));
        halt(pacing.note(target.endpoint(), outcome));
    }

    /** Takes note of a row that was not sent for a reason of its own; likewise. */
    void noteUnsent(Kind kind, OpenRow row, ErrorClass errorClass) {
        String appToken = Objects.requireNonNullElse(row.frozen().appToken(), "");
        halt(limits.ended(errorClass, kind, appToken));
    }

    /** At the end of the work: a run in which not one request got through has not finished. */
    void noteEnd() {
        halt(pacing.silence());
    }

    private void halt(@Nullable Halt halt) {
        if (halt != null) {
            halts.add(halt);
            if (halts.ofRun() != null) {
                stopped.countDown();
            }
        }
    }

    void addSettled(long rows) {
        settled.addAndGet(rows);
    }

    /** Takes one of the rows that {@code --limit} allows; false if there is none left. */
    boolean takeTicket(Kind kind) {
        AtomicLong left = tickets.get(kind);
        return left != null && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
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
        return new Progress(
                phase, settled.get(), expected, pacing.window().inFlight(), Duration.between(startedAt, now));
    }

    /** The run fails, though its work is done: a night without rows of this kind is none. */
    void failForWantOf(Kind kind) {
        failures.add("there is no new row of kind %s, and warehouse.%s.expect-rows is fail"
                .formatted(kind.key(), kind.key().replace('_', '-')));
    }

    /** Why it fails though its work is done; empty if it does not. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** Ends the run early: no new intents, what is in flight is settled. The first reason stays. */
    void stop(String reason) {
        stopReason.compareAndSet(null, reason);
        stopped.countDown();
    }

    boolean isStopping() {
        return stopReason.get() != null || halts.ofRun() != null;
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
