package io.adjustbatch.sandbox;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Which of the sender's rows were accepted, and how often. Threads may share it. */
final class ReferenceCounts {

    private static final int EXAMPLES = 100;

    private final String parameter;
    private final LongTable times = new LongTable();
    private final LongAdder missing = new LongAdder();
    private final AtomicLong repeated = new AtomicLong();
    private final SortedSet<String> examples = new ConcurrentSkipListSet<>();

    ReferenceCounts(String parameter) {
        this.parameter = parameter;
    }

    void accepted(Call call) {
        Map<String, String> texts = ParameterRules.flatObject(call.parameter("callback_params"));
        String reference = texts == null ? null : texts.get(parameter);
        if (reference == null) {
            missing.increment();
        } else if (times.update(Keys.of(reference), before -> Math.max(before, 0) + 1) == 1) {
            if (repeated.incrementAndGet() <= EXAMPLES) {
                examples.add(reference);
            }
        }
    }

    Tally.References tally() {
        return new Tally.References(times.size(), missing.sum(), repeated.get(), List.copyOf(examples));
    }
}
