package io.adjustbatch.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command end in order on Ctrl-C, {@code kill} or a closed terminal, and with a code of its own.
 *
 * <p>A handler of the signals rather than a shutdown hook: hooks run all at once, so that the log and the database would
 * go away under the work that is being ended, and the exit code would be 143 whatever happens. {@link #close()} gives the
 * signals back to Java.
 */
final class Interruption implements AutoCloseable {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Map<String, @Nullable Object> previous = new TreeMap<>();

    private Interruption() {}

    /** Until closed, a signal calls for this instead of ending the process; every further signal does so again. */
    static Interruption callsFor(Runnable end) {
        Interruption interruption = new Interruption();
        for (String signal : SIGNALS) {
            interruption.previous.put(signal, Signals.register(signal, end));
        }
        return interruption;
    }

    @Override
    public void close() {
        new ArrayList<>(previous.keySet()).forEach(signal -> Signals.unregister(signal, previous.remove(signal)));
    }
}
