package io.adjustbatch.sandbox;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The faults that strike the coming requests; none at first.
 *
 * <p>Rules are asked in the order of their addition and the first that says yes decides, so "1 % wait 2 s, the others
 * 50 ms" is {@code share(1, Delay.of(2 s))} and then {@code share(100, Delay.of(50 ms))}. Chance is a function of
 * the seed and of the request's number of arrival alone: the same seed strikes the same numbers. Threads may share it.
 */
public final class Faults {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private volatile long seed = 1;

    Faults() {}

    /** Lets the fault strike each of the next {@code times} requests that no earlier rule has taken. */
    public void next(long times, Fault fault) {
        add(fault, 100, times);
    }

    /**
     * Lets the fault strike this share of all requests until {@link #clear()}.
     *
     * @param percent above 0, at most 100
     */
    public void share(double percent, Fault fault) {
        add(fault, percent, Long.MAX_VALUE);
    }

    /** Ends all faults, and begins to count requests from zero with this seed. */
    public void reseed(long seed) {
        rules.clear();
        requests.set(0);
        this.seed = seed;
    }

    /** Ends all faults. Answers that are already late stay late. */
    public void clear() {
        rules.clear();
    }

    void add(Fault fault, double percent, long times) {
        if (!(percent > 0 && percent <= 100) || times < 1) {
            throw new IllegalArgumentException(
                    "a fault strikes more than 0 and at most 100 percent, and at least 1 time, but got " + percent
                            + " percent and " + times + " times");
        }
        rules.add(new Rule(fault, percent, new AtomicLong(times), rules.size()));
    }

    /** The fault that strikes the next request, and what chance it drew; null if none does. */
    @Nullable
    Strike draw() {
        if (rules.isEmpty()) {
            return null;
        }
        long random = Keys.mix(seed * 0x9e3779b97f4a7c15L + requests.getAndIncrement());
        for (Rule rule : rules) {
            double chance = unit(Keys.mix(random + rule.number));
            if (chance * 100 < rule.percent && rule.left.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return new Strike(rule.fault, unit(random));
            }
        }
        return null;
    }

    private static double unit(long random) {
        return (random >>> 11) * 0x1.0p-53;
    }

    private record Rule(Fault fault, double percent, AtomicLong left, int number) {}

    /**
     * A fault for one request.
     *
     * @param chance from 0 up to 1: where in its range a delay lies
     */
    record Strike(Fault fault, double chance) {}
}
