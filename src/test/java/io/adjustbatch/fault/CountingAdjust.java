package io.adjustbatch.fault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Adjust as a server that takes everything, after a moment, and remembers each row by the callback parameter
 * {@value #REFERENCE}. What it counts is the truth that the ledger is held against.
 */
final class CountingAdjust implements AutoCloseable {

    /** The setting {@code adjust.reference-parameter} of whoever sends here. */
    static final String REFERENCE = "row";

    private static final Pattern ROW = Pattern.compile("\"" + REFERENCE + "\":\"([^\"]+)\"");
    private static final byte[] TAKEN = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);

    private final ScheduledExecutorService answers = Executors.newScheduledThreadPool(2);
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private final Map<String, BigDecimal> revenues = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final long slowestMicros;
    private final HttpServer server;
    private volatile Runnable whenReached = () -> {};
    private volatile long reach = Long.MAX_VALUE;
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    /** @param slowestMicros answers take up to so long */
    CountingAdjust(long slowestMicros) {
        this.slowestMicros = slowestMicros;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Does something once, in the middle of the traffic: when that many requests more have arrived. */
    void after(long more, Runnable action) {
        whenReached = action;
        reach = requests.get() + more;
    }

    /** Counts requests from now on without answering them, until {@link #release()}. */
    void hold() {
        gate = new CompletableFuture<>();
    }

    /** Answers what was held back, and everything after. */
    void release() {
        gate.complete(null);
    }

    /** How often each row was counted. */
    Map<String, Long> counts() {
        Map<String, Long> copy = new TreeMap<>();
        counts.forEach((row, count) -> copy.put(row, count.get()));
        return copy;
    }

    /** The rows that were counted more than once. */
    List<String> repeated() {
        List<String> rows = new ArrayList<>();
        counts.forEach((row, count) -> {
            if (count.get() > 1) {
                rows.add(row);
            }
        });
        return rows;
    }

    boolean hasCounted(String row) {
        return counts.containsKey(row);
    }

    /** All that was counted. */
    BigDecimal revenue() {
        return revenues.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        count(parameters);
        long wait = slowestMicros == 0 ? 0 : ThreadLocalRandom.current().nextLong(slowestMicros);
        var unused = gate.thenRun(() -> answerAfter(exchange, wait));
    }

    private void answerAfter(HttpExchange exchange, long micros) {
        var unused = answers.schedule(() -> answer(exchange), micros, TimeUnit.MICROSECONDS);
    }

    private void count(Map<String, String> parameters) {
        Matcher row = ROW.matcher(Objects.requireNonNull(parameters.get("callback_params"), "no callback_params"));
        if (!row.find()) {
            throw new IllegalStateException("a request names no row");
        }
        counts.computeIfAbsent(row.group(1), key -> new AtomicLong()).incrementAndGet();
        revenues.put(row.group(1), new BigDecimal(parameters.getOrDefault("revenue", "0")));
        if (requests.incrementAndGet() == reach) {
            whenReached.run();
        }
    }

    private static void answer(HttpExchange exchange) {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, TAKEN.length);
            exchange.getResponseBody().write(TAKEN);
        } catch (IOException e) {
            // whoever asked is dead: that is what this server is for
        }
    }

    @Override
    public void close() {
        server.stop(0);
        answers.shutdownNow();
    }
}
