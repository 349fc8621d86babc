package io.adjustbatch.policy;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What is halted in one run, and why. Threads may share it.
 *
 * <p>A fault of configuration halts what its action says with its first answer. An answer that is not Adjust's own halts
 * the endpoint with the twentieth, for one may be a proxy's mood.
 */
public final class Halts {

    /** Answers not Adjust's own that an endpoint may give before it is halted. */
    public static final int UNRECOGNIZED_LIMIT = 20;

    private final List<Halt> halts = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<Endpoint, Integer> oddAnswers = new ConcurrentHashMap<>();

    /** Takes note of an outcome and of what is done about it. */
    public void note(Action action, Target target, Outcome outcome) {
        if (action.halts()) {
            add(new FaultHalt(scope(action, target, outcome.scope()), target, outcome));
        } else if (outcome.scope() == FaultScope.ENDPOINT
                && oddAnswers.merge(target.endpoint(), 1, Integer::sum) >= UNRECOGNIZED_LIMIT) {
            add(new FaultHalt(Scope.endpoint(target.endpoint()), target, outcome));
        }
    }

    /** Halts besides, unless the scope, or everything, is halted already. */
    public synchronized void add(Halt halt) {
        for (Halt before : halts) {
            if (before.isOfRun() || before.scope().equals(halt.scope())) {
                return;
            }
        }
        halts.add(halt);
    }

    private static Scope scope(Action action, Target target, FaultScope fault) {
        return switch (action) {
            case HALT_EVENT_TOKEN -> target.eventToken() == null ? Scope.appEndpoint(target) : Scope.eventToken(target);
            case HALT_APP -> fault == FaultScope.APP_PLATFORM ? Scope.appPlatform(target) : Scope.app(target);
            case HALT_ENDPOINT ->
                fault == FaultScope.ENDPOINT ? Scope.endpoint(target.endpoint()) : Scope.appEndpoint(target);
            case HALT_RUN -> Scope.RUN;
            case ACCEPT, DUPLICATE, REJECT, DEFER, RETRY, IN_DOUBT, SUPPRESS ->
                throw new IllegalArgumentException(action + " halts nothing");
        };
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

    /** What ends the whole run; null if nothing does. */
    public @Nullable Halt ofRun() {
        for (Halt halt : halts) {
            if (halt.isOfRun()) {
                return halt;
            }
        }
        return null;
    }

    /** What is halted, in the order in which it was. */
    public List<Halt> all() {
        return List.copyOf(halts);
    }
}
