package io.adjustbatch.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lanes that one partition is working on: of each one row is ready, on the wire or put off, and the later ones wait
 * here. For one thread.
 */
final class Lanes {

    private final Map<Long, Deque<Dispatch.Send>> waiting = new HashMap<>();
    private int size;

    /** Whether the row may go now; if not, it waits until {@link #next} gives it out. */
    boolean admits(Dispatch.Send send) {
        Long lane = send.row().lane();
        if (lane == null) {
            return true;
        }
        Deque<Dispatch.Send> queue = waiting.get(lane);
        if (queue == null) {
            waiting.put(lane, new ArrayDeque<>(2));
            return true;
        }
        queue.add(send);
        size++;
        return false;
    }

    /** The row of that lane had its turn: the one that may go now, null if none waits. */
    Dispatch.@Nullable Send next(@Nullable Long lane) {
        Deque<Dispatch.Send> queue = lane == null ? null : waiting.get(lane);
        if (queue == null) {
            return null;
        }
        Dispatch.Send next = queue.poll();
        if (next == null) {
            waiting.remove(lane);
        } else {
            size--;
        }
        return next;
    }

    /** Gives up all rows that wait in that lane: they stay pending. */
    void drop(@Nullable Long lane) {
        Deque<Dispatch.Send> queue = lane == null ? null : waiting.remove(lane);
        size -= queue == null ? 0 : queue.size();
    }

    /** Gives up all rows that wait. */
    void dropAll() {
        waiting.clear();
        size = 0;
    }

    /** How many rows wait. */
    int size() {
        return size;
    }
}
