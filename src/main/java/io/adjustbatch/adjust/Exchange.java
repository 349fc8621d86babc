package io.adjustbatch.adjust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.impl.BasicEntityDetails;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer over one connection. It ends exactly once: by the answer, a failure, the deadline or the
 * client's closing, whichever comes first. Leaving and ending are steps of one atomic variable, so that a request that
 * was reported as unsent is never sent afterwards.
 *
 * <p>The connection's thread drives it; {@link #end} may come from any thread.
 */
final class Exchange implements AsyncClientExchangeHandler, FutureCallback<AsyncClientEndpoint> {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private enum Stage {
        /** No byte of the request has been written. */
        UNSENT,
        /** Bytes may have been written. */
        LEFT,
        ENDED
    }

    /** What an exchange ends with, if it is not an answer. */
    @FunctionalInterface
    interface Failure {
        Outcome outcome(boolean requestLeft);
    }

    private final HttpRequest head;
    private final ByteBuffer form;
    private final Consumer<Outcome> whenDone;
    private final OpenExchanges open;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.UNSENT);
    private final ReceivedAnswer answer = new ReceivedAnswer();
    private volatile @Nullable AsyncClientEndpoint connection;
    private volatile long waitingSince = System.nanoTime();
    private boolean wholeFormWritten;

    Exchange(HttpRequest head, String form, Consumer<Outcome> whenDone, OpenExchanges open) {
        this.head = head;
        this.form = ByteBuffer.wrap(form.getBytes(StandardCharsets.US_ASCII));
        this.whenDone = whenDone;
        this.open = open;
    }

    /**
     * Since when it has waited, by {@link System#nanoTime()}: first for a connection, then, from the moment at which
     * the request leaves, for the answer. Counted together, a long wait for the one would leave no time for the other,
     * and make doubt.
     */
    long waitingSince() {
        return waitingSince;
    }

    /** Ends it without an answer and closes its connection; does nothing if it has ended already. */
    void end(Failure failure) {
        Stage before = stage.getAndSet(Stage.ENDED);
        if (before != Stage.ENDED) {
            discardConnection();
            tell(failure.outcome(before == Stage.LEFT));
        }
    }

    /** Ends it if no byte of the request has left, and none will. */
    void endIfUnsent(Failure failure) {
        if (stage.compareAndSet(Stage.UNSENT, Stage.ENDED)) {
            discardConnection();
            tell(failure.outcome(false));
        }
    }

    private void discardConnection() {
        AsyncClientEndpoint used = connection;
        if (used != null) {
            used.releaseAndDiscard();
        }
    }

    private void endWithAnswer() {
        if (stage.getAndSet(Stage.ENDED) == Stage.ENDED) {
            return;
        }
        AsyncClientEndpoint used = connection;
        if (used != null && wholeFormWritten) {
            used.releaseAndReuse();
        } else {
            discardConnection();
        }
        tell(open.outcome(answer));
    }

    private void tell(Outcome outcome) {
        open.remove(this);
        try {
            whenDone.accept(outcome);
        } catch (RuntimeException e) {
            // Runs on threads that serve other exchanges too: those must not suffer from one listener's defect.
            LOG.error("A listener failed with the outcome {}", outcome, e);
        }
    }

    // The connection: leased and open, or not to be had.

    @Override
    public void completed(AsyncClientEndpoint leased) {
        connection = leased;
        if (stage.get() == Stage.ENDED) {
            leased.releaseAndReuse();
            return;
        }
        try {
            leased.execute(this, null, null);
        } catch (IllegalStateException e) {
            failed(e);
        }
    }

    @Override
    public void failed(Exception cause) {
        end(requestLeft -> ExchangeFailure.outcome(cause, requestLeft));
    }

    @Override
    public void cancelled() {
        failed(new RequestNotExecutedException());
    }

    // The request.

    @Override
    public void produceRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        if (!stage.compareAndSet(Stage.UNSENT, Stage.LEFT)) {
            throw new RequestNotExecutedException();
        }
        waitingSince = System.nanoTime();
        channel.sendRequest(head, new BasicEntityDetails(form.remaining(), null), context);
    }

    @Override
    public int available() {
        return form.remaining();
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        channel.write(form);
        if (!form.hasRemaining() && !wholeFormWritten) {
            wholeFormWritten = true;
            channel.endStream();
        }
    }

    // The answer.

    @Override
    public void consumeInformation(HttpResponse response, HttpContext context) {
        // 1xx: the answer is still to come.
    }

    @Override
    public void consumeResponse(HttpResponse response, @Nullable EntityDetails body, HttpContext context) {
        answer.start(response);
        if (body == null) {
            endWithAnswer();
        }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer part) {
        answer.append(part);
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        endWithAnswer();
    }

    // The end of the connection, should it come before the answer's.

    @Override
    public void cancel() {
        cancelled();
    }

    @Override
    public void releaseResources() {
        failed(new ConnectionClosedException());
    }
}
