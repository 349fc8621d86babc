package io.adjustbatch.adjust;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A server that begins to answer the one request it gets, and then sends a byte now and then for as long as it may. */
final class TricklingServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CountDownLatch brokenOff = new CountDownLatch(1);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    TricklingServer() throws IOException {
        thread.execute(this::answer);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Whether the client closes the connection within that time. */
    boolean isBrokenOffWithin(long seconds) throws InterruptedException {
        return brokenOff.await(seconds, TimeUnit.SECONDS);
    }

    private void answer() {
        try {
            Socket connection = socket.accept();
            connection.getInputStream().read();
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            var unused = thread.scheduleWithFixedDelay(() -> sendByte(out), 0, 50, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            brokenOff.countDown();
        }
    }

    private void sendByte(OutputStream out) {
        try {
            out.write(' ');
            out.flush();
        } catch (IOException e) {
            brokenOff.countDown();
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        socket.close();
    }
}
