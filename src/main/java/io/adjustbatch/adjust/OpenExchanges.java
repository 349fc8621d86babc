package io.adjustbatch.adjust;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The exchanges that have not ended, and what ends them from outside: the deadline and the client's closing. One sweep
 * over all of them, a few times a second, costs less than a timer for each. Threads may share it.
 */
final class OpenExchanges {

    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final AnswerClassifier classifier = new AnswerClassifier();
    private final Duration timeout;
    private final Clock clock;
    private volatile boolean closed;

    OpenExchanges(Duration timeout, Clock clock) {
        this.timeout = timeout;
        this.clock = clock;
    }

    /** Takes in a new exchange; after {@link #close} that ends it at once, and false is returned. */
    boolean add(Exchange exchange) {
        open.add(exchange);
        if (closed) {
            exchange.end(ExchangeFailure::closed);
            return false;
        }
        return true;
    }

    void remove(Exchange exchange) {
        open.remove(exchange);
    }

    Outcome outcome(ReceivedAnswer answer) {
        return classifier.classify(answer.status(), answer.body(), answer.retryAfter(), clock.instant());
    }

    /** Ends what has waited for the whole timeout. */
    void sweep() {
        long now = System.nanoTime();
        end(
                exchange -> now - exchange.waitingSince() >= timeout.toNanos(),
                requestLeft -> ExchangeFailure.timeout(timeout, requestLeft));
    }

    /** Ends all, those that are added later too. */
    void close() {
        closed = true;
        end(exchange -> true, ExchangeFailure::closed);
    }

    // Those that wait for a connection first: otherwise the end of another would give them one, at the last moment.
    private void end(Predicate<Exchange> which, Exchange.Failure failure) {
        open.stream().filter(which).forEach(exchange -> exchange.endIfUnsent(failure));
        open.stream().filter(which).forEach(exchange -> exchange.end(failure));
    }
}
