package io.adjustbatch.sandbox;

import java.net.URI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A running sandbox: Adjust's {@code /event}, {@code /ad_revenue} and {@code /session} on 127.0.0.1, and
 * {@code /inspect}, which tells what was counted.
 *
 * <p>It answers as Adjust's public documentation says, and where that is silent it says {@code Sandbox:} in its
 * answer. {@link Script} lists the data that it refuses on purpose, {@link Faults} breaks exchanges on demand. It
 * keeps everything in memory and nothing after {@link #close()}. Threads may share it.
 */
public final class Sandbox implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int QUEUED_CONNECTIONS = 1_024;

    private final SandboxSettings settings;
    private final Faults faults = new Faults();
    private final Server server;
    private final ServerConnector connector;
    private volatile Simulator simulator;

    private Sandbox(SandboxSettings settings) {
        this.settings = settings;
        this.simulator = new Simulator(settings);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("sandbox");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = connector(server, settings.port());
        server.addConnector(connector);
    }

    /**
     * Starts a sandbox that accepts requests when this method returns.
     *
     * @throws IllegalStateException if it cannot listen at the port, most often because another program does
     */
    public static Sandbox start(SandboxSettings settings) {
        Sandbox sandbox = new Sandbox(settings);
        sandbox.server.setHandler(new Handler.Sequence(
                new EndpointHandler(settings.clock(), () -> sandbox.simulator, sandbox.faults),
                new InspectionHandler(sandbox)));
        try {
            sandbox.server.start();
            return sandbox;
        } catch (Exception failure) {
            sandbox.close();
            throw new IllegalStateException(
                    "the sandbox cannot listen at 127.0.0.1:" + settings.port()
                            + "; if another program does, choose another port or 0 for any free one",
                    failure);
        }
    }

    private static ServerConnector connector(Server server, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(64 * 1_024);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        connector.setAcceptedTcpNoDelay(true);
        connector.setAcceptQueueSize(QUEUED_CONNECTIONS);
        connector.setIdleTimeout(Fault.Stall.LONGEST.plusMinutes(1).toMillis());
        return connector;
    }

    /** The port it listens at, also if the settings said 0. */
    public int port() {
        return connector.getLocalPort();
    }

    /** What to give a sender as Adjust's address, without a slash at its end. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** What it has counted so far. */
    public Tally tally() {
        return simulator.tally();
    }

    /** What goes wrong from now on; nothing at first. */
    public Faults faults() {
        return faults;
    }

    /** Forgets everything, devices and their events too, and ends all faults. */
    public void reset() {
        faults.clear();
        simulator = new Simulator(settings);
    }

    /** Stops at once; requests that wait for their answer lose their connection. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the sandbox did not stop", failure);
        }
    }
}
