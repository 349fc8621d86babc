package io.adjustbatch.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request that waits for its answer, and the ways to give it none. Exactly one method is called, once. */
record Exchange(Request request, Response response, Callback callback) {

    void answer(Answer answer) {
        byte[] body = head(answer);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    void answerAfter(Duration delay, Answer answer) {
        after(delay, () -> answer(answer));
    }

    /** Keeps the connection open without a word, then resets it. */
    void stall() {
        after(Fault.Stall.LONGEST, this::reset);
    }

    /** Breaks the connection in a way that the sender notices at once (TCP RST, not FIN). */
    void reset() {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        if (endPoint.getTransport() instanceof SocketChannel channel && channel.isOpen()) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException broken) {
                throw new UncheckedIOException("the connection could not be prepared for its reset", broken);
            }
        }
        endPoint.close();
        callback.failed(new EofException("the sandbox reset the connection, as it was told to"));
    }

    /** Announces the whole body, sends half of it and breaks the connection. */
    void cut(Answer answer) {
        byte[] body = head(answer);
        ByteBuffer half = ByteBuffer.wrap(body, 0, body.length / 2);
        response.write(false, half, Callback.from(this::close, failure -> close()));
    }

    /** Unlike a reset, an orderly close lets the sender read what was sent before. */
    private void close() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new EofException("the sandbox cut the answer off, as it was told to"));
    }

    private byte[] head(Answer answer) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        if (body.length > 0) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        if (answer.retryAfter() != null) {
            response.getHeaders()
                    .put(HttpHeader.RETRY_AFTER, answer.retryAfter().toSeconds());
        }
        return body;
    }

    private void after(Duration delay, Runnable task) {
        request.getComponents().getScheduler().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
