package io.adjustbatch.policy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts one run's rows by class, kind and app, and says when there are too many of a class. Threads may share it.
 *
 * <p>What is found before sending is a share of the rows that were examined, what is answered a share of the answers:
 * rows are examined ahead of sending, and a share of both together would be too large at first.
 */
public final class Limits {

    /** @param errorClass null for all classes together, the sample; {@code appToken} null for all apps together */
    private record Key(
            boolean local,
            @Nullable ErrorClass errorClass,
            Kind kind,
            @Nullable String appToken) {}

    private final Rules rules;
    private final ConcurrentHashMap<Key, LongAdder> counts = new ConcurrentHashMap<>();

    public Limits(Rules rules) {
        this.rules = rules;
    }

    /**
     * A row was found fit to be sent.
     *
     * @param appToken of the row
     */
    public void fit(Kind kind, String appToken) {
        count(true, null, kind, appToken);
    }

    /**
     * A row has come to an end: an attempt was answered, or it was refused before sending.
     *
     * @param appToken of the row
     * @return what is to halt because of it; null if nothing is
     */
    public @Nullable LimitHalt ended(ErrorClass errorClass, Kind kind, String appToken) {
        boolean local = errorClass.isLocal();
        count(local, null, kind, appToken);
        Limit limit = rules.rule(errorClass, kind).limit();
        if (limit == null) {
            return null;
        }
        count(local, errorClass, kind, appToken);
        LimitHalt ofAll = halt(limit, errorClass, kind, null);
        return ofAll != null ? ofAll : halt(limit, errorClass, kind, appToken);
    }

    private @Nullable LimitHalt halt(Limit limit, ErrorClass errorClass, Kind kind, @Nullable String appToken) {
        long rows = sum(new Key(errorClass.isLocal(), errorClass, kind, appToken));
        long sample = sum(new Key(errorClass.isLocal(), null, kind, appToken));
        Limit.Bound passed = limit.passed(rows, sample);
        return passed == null
                ? null
                : new LimitHalt(
                        errorClass, kind, appToken, limit, rules.setting(errorClass, kind, passed), rows, sample);
    }

    private void count(boolean local, @Nullable ErrorClass errorClass, Kind kind, String appToken) {
        add(new Key(local, errorClass, kind, null));
        add(new Key(local, errorClass, kind, appToken));
    }

    private void add(Key key) {
        counts.computeIfAbsent(key, absent -> new LongAdder()).increment();
    }

    private long sum(Key key) {
        LongAdder count = counts.get(key);
        return count == null ? 0 : count.sum();
    }
}
