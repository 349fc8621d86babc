package io.adjustbatch.job;

import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.Settlement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition that have been read and have not left yet: ready, put off until they are due, or waiting for an
 * earlier row of their lane. All of them are pending in the ledger, so that nothing is lost with this object. For one
 * thread.
 */
final class Outbox {

    private final ActiveRun run;
    private final BlockedLanes blocked;
    private final Clock clock;
    private final Silence silence;
    private final List<Settlement> settlements;

    private final Deque<Dispatch.Send> ready = new ArrayDeque<>();
    private final PriorityQueue<Dispatch.Send> putOff = new PriorityQueue<>(Comparator.comparing(Outbox::dueAt));
    private final Lanes lanes = new Lanes();

    /** @param settlements where those of rows that have become silent are put */
    Outbox(ActiveRun run, BlockedLanes blocked, Clock clock, Silence silence, List<Settlement> settlements) {
        this.run = run;
        this.blocked = blocked;
        this.clock = clock;
        this.silence = silence;
        this.settlements = settlements;
    }

    /** Takes a row that was read, unless an earlier one of its lane was left open. */
    void add(Dispatch.Send send) {
        if (!blocked.contains(send.row().lane()) && lanes.admits(send)) {
            enqueue(send);
        }
    }

    /** A row was settled for good: the next of its lane may go. */
    void settled(OpenRow row) {
        Dispatch.Send next = lanes.next(row.lane());
        if (next != null) {
            enqueue(next);
        }
    }

    /** A row is to be tried again, before any other of its lane. */
    void tryAgain(Dispatch.Send send) {
        enqueue(send);
    }

    /** A row stays open after this run, and with it all later ones of its lane. */
    void leaveOpen(OpenRow row) {
        blocked.block(row.lane());
        lanes.drop(row.lane());
    }

    /** A row that was read is not to be sent in this run: the later ones of its lane stay open, the earlier ones go. */
    void holdBehind(OpenRow row) {
        blocked.block(row.lane());
    }

    /** How many rows could go now. */
    int ready() {
        Instant now = clock.instant();
        for (Dispatch.Send next = putOff.peek(); next != null && !dueAt(next).isAfter(now); next = putOff.peek()) {
            ready.add(putOff.remove());
        }
        return ready.size();
    }

    /** How many rows cannot go yet. */
    int waiting() {
        return putOff.size() + lanes.size();
    }

    boolean isEmpty() {
        return ready.isEmpty() && waiting() == 0;
    }

    /**
     * The next rows to go, at most so many. What has been halted since it was read is left open, and what belongs to a
     * device that has opted out is settled.
     */
    List<Dispatch.Send> take(int most) {
        List<Dispatch.Send> next = new ArrayList<>(most);
        while (next.size() < most && !ready.isEmpty()) {
            Dispatch.Send send = ready.remove();
            Settlement silenced = silence.of(send.row());
            if (silenced != null) {
                settlements.add(silenced);
                settled(send.row());
            } else if (run.halts().covers(send.target())) {
                leaveOpen(send.row());
            } else {
                next.add(send);
            }
        }
        return next;
    }

    /** Gives up everything: it stays pending. */
    void clear() {
        ready.clear();
        putOff.clear();
        lanes.dropAll();
    }

    private void enqueue(Dispatch.Send send) {
        @Nullable Instant dueAt = send.row().dueAt();
        if (dueAt != null && dueAt.isAfter(clock.instant())) {
            putOff.add(send);
        } else {
            ready.add(send);
        }
    }

    private static Instant dueAt(Dispatch.Send send) {
        return Objects.requireNonNull(send.row().dueAt());
    }
}
