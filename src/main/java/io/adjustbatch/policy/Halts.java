package io.adjustbatch.policy;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.FaultScope;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is halted in one run, and why. Threads may share it.
 *
 * <p>A fault of configuration halts what it reaches with its first answer. An answer that is not Adjust's own halts the
 * endpoint with the twentieth, for one may be a proxy's mood.
 */
public final class Halts {

    /** Answers not Adjust's own that an endpoint may give before it is halted. */
    public static final int UNRECOGNIZED_LIMIT = 20;

    private final List<Halt> halts = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<Endpoint, Integer> oddAnswers = new ConcurrentHashMap<>();

    /** Takes note of a fault. Does nothing if it is covered already, or if it concerns its row alone. */
    public void note(Halt fault) {
        if (fault.scope() == FaultScope.ROW) {
            return;
        }
        if (fault.scope() == FaultScope.ENDPOINT
                && oddAnswers.merge(fault.target().endpoint(), 1, Integer::sum) < UNRECOGNIZED_LIMIT) {
            return;
        }
        synchronized (this) {
            if (!covers(fault.target())) {
                halts.add(fault);
            }
        }
    }

    /** Whether a row addressed so must not be sent in this run. */
    public boolean covers(Target target) {
        for (Halt halt : halts) {
            if (halt.covers(target)) {
                return true;
            }
        }
        return false;
    }

    /** What is halted, in the order in which it was. */
    public List<Halt> all() {
        return List.copyOf(halts);
    }
}
