package io.adjustbatch.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body without blocking. A body that is too large is read to its end and thrown away, so that the
 * sender sees the answer and not a broken connection.
 */
final class BodyReader implements Invocable.Task {

    private final Request request;
    private final Callback callback;
    private final int most;
    private final Consumer<@Nullable String> use;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(1_024);
    private long length;

    /**
     * @param callback is failed when the sender's connection breaks
     * @param most bytes that are kept
     * @param use gets the body, or null if it is larger
     */
    BodyReader(Request request, Callback callback, int most, Consumer<@Nullable String> use) {
        this.request = request;
        this.callback = callback;
        this.most = most;
        this.use = use;
    }

    @Override
    public void run() {
        Content.Chunk chunk = request.read();
        while (chunk != null && !Content.Chunk.isFailure(chunk)) {
            boolean isLast = chunk.isLast();
            take(chunk);
            if (isLast) {
                finish();
                return;
            }
            chunk = request.read();
        }
        if (chunk == null) {
            request.demand(this);
        } else {
            callback.failed(chunk.getFailure());
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    private void take(Content.Chunk chunk) {
        length += chunk.remaining();
        if (length <= most) {
            body.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
        }
        chunk.release();
    }

    private void finish() {
        try {
            use.accept(length <= most ? body.toString(StandardCharsets.UTF_8) : null);
        } catch (RuntimeException unexpected) {
            callback.failed(unexpected);
        }
    }
}
