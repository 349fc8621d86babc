package io.adjustbatch.adjust;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends requests to Adjust and tells what became of each. Every request goes out at most once: nothing is retried, no
 * redirect followed, no cookie kept. Threads may share it.
 *
 * <p>A process that dies leaves no outcome of what was under way; whoever sends must have noted before that it would.
 */
public final class AdjustClient implements AutoCloseable {

    private static final Outcome NO_TOKEN = new Outcome(
            ErrorClass.AUTH_FAULT,
            FaultScope.APP_ENDPOINT,
            null,
            "no token is configured for this app: set adjust.token or adjust.apps.<app_token>.token",
            null);

    /** Idle connections are closed before any server does: writing on one that it has closed would make doubt. */
    private static final TimeValue IDLE = TimeValue.ofSeconds(3);

    /** How long the silent connection of an exchange that has ended may live on. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(2);

    /** How long the client's own threads may take to end by themselves; broken off, they would log errors. */
    private static final TimeValue FAREWELL = TimeValue.ofSeconds(1);

    private static final Header USER_AGENT = new BasicHeader(HttpHeaders.USER_AGENT, "adjust-batch");

    private static final Header FORM = new BasicHeader(HttpHeaders.CONTENT_TYPE, "application/x-www-form-urlencoded");

    private final Map<Endpoint, String> paths = new EnumMap<>(Endpoint.class);
    private final Authorizations authorizations;
    private final HttpHost host;
    private final RequestConfig requestConfig;
    private final PoolingAsyncClientConnectionManager connections;
    private final MinimalHttpAsyncClient http;
    private final OpenExchanges open;
    private final ScheduledExecutorService timer;

    /**
     * Opens no connection yet.
     *
     * @param clock for the dates that Adjust may send in {@code Retry-After}
     */
    public AdjustClient(ClientSettings settings, Clock clock) {
        this.authorizations = new Authorizations(settings.tokens());
        this.host = HttpHost.create(settings.baseUrl());
        String root = withoutTrailingSlash(settings.baseUrl().getRawPath());
        for (Endpoint endpoint : Endpoint.values()) {
            paths.put(endpoint, root + endpoint.path());
        }
        this.requestConfig = RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(settings.timeout()))
                .build();
        this.open = new OpenExchanges(settings.timeout(), clock);
        this.connections = connections(settings);
        this.http = HttpAsyncClients.createMinimal(
                H2Config.DEFAULT,
                Http1Config.custom()
                        .setMaxLineLength(16_384)
                        .setMaxHeaderCount(200)
                        .build(),
                IOReactorConfig.custom().setIoThreadCount(2).setTcpNoDelay(true).build(),
                connections);
        http.start();
        this.timer = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("adjust-deadlines", true));
        startTimer(settings.timeout());
    }

    /**
     * Sends a request and returns without waiting for its answer. An app without a token is answered without traffic.
     *
     * <p>Requests beyond {@code adjust.max-in-flight} wait for a connection, up to the timeout. A new
     * connection may need a name look-up, on the calling thread.
     *
     * @param whenDone is told the outcome exactly once: by a thread of the client, or by the calling one before this
     *     method returns. Must not block, because all other exchanges would wait with it
     */
    public void send(AdjustRequest request, Consumer<Outcome> whenDone) {
        Header authorization = authorizations.forApp(request.appToken());
        if (authorization == null) {
            whenDone.accept(NO_TOKEN);
            return;
        }
        Exchange exchange = new Exchange(head(request, authorization), request.body(), whenDone, open);
        if (open.add(exchange)) {
            lease(exchange);
        }
    }

    private void lease(Exchange exchange) {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(requestConfig);
        try {
            var unused = http.lease(host, context, exchange);
        } catch (RuntimeException e) {
            // Closed in the meantime: the pool says so with an exception instead of the callback.
            exchange.failed(e);
        }
    }

    private HttpRequest head(AdjustRequest request, Header authorization) {
        HttpRequest head = new BasicHttpRequest("POST", host, paths.get(request.endpoint()));
        head.addHeader(authorization);
        head.addHeader(FORM);
        head.addHeader(USER_AGENT);
        if (request.forwardedFor() != null) {
            head.addHeader("X-Adjust-Forwarded-For", request.forwardedFor());
        }
        return head;
    }

    private void startTimer(Duration timeout) {
        long period = Math.min(250, Math.max(25, timeout.toMillis() / 10));
        var unused = timer.scheduleWithFixedDelay(
                () -> {
                    open.sweep();
                    connections.closeIdle(IDLE);
                },
                period,
                period,
                TimeUnit.MILLISECONDS);
    }

    private static PoolingAsyncClientConnectionManager connections(ClientSettings settings) {
        Timeout connectTimeout = Timeout.of(ClientSettings.CONNECT_TIMEOUT);
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(settings.maxInFlight())
                .setMaxConnPerRoute(settings.maxInFlight())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(connectTimeout)
                        .setSocketTimeout(Timeout.of(settings.timeout().plus(AFTERWARDS)))
                        .setIdleTimeout(Timeout.of(IDLE.toDuration()))
                        .build())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(connectTimeout)
                        .build())
                .build();
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Ends what is under way, as {@link ErrorClass#UNAVAILABLE} if it has not left and else as
     * {@link ErrorClass#AMBIGUOUS}, and closes all connections. Returns within seconds whatever the servers do; whoever
     * wants answers waits for them before. Sends after it end as {@code UNAVAILABLE}.
     */
    @Override
    public void close() {
        open.close();
        timer.shutdownNow();
        connections.close(CloseMode.IMMEDIATE);
        http.initiateShutdown();
        try {
            http.awaitShutdown(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close(CloseMode.IMMEDIATE);
    }
}
