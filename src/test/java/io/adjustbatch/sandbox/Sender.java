package io.adjustbatch.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Sends requests to a sandbox, each a good one but for the changes that the test names. */
final class Sender {

    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String DEVICE = "5a0e4a3c-91d1-4f6e-8b0d-3c1d2e3f4a5b";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI baseUrl;

    Sender(Sandbox sandbox) {
        this.baseUrl = sandbox.baseUrl();
    }

    static SandboxSettings settings() {
        return SandboxSettings.defaults().withClock(CLOCK);
    }

    /**
     * Sends a form.
     *
     * @param changes as in {@code revenue=1&-currency}: sets the one, leaves out the other
     */
    HttpResponse<String> send(String path, String changes) throws IOException, InterruptedException {
        return send(form(path, parameters(path, changes)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder form(String path, Map<String, String> parameters) {
        return to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(parameters)));
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(baseUrl.resolve(path)).timeout(Duration.ofSeconds(20));
    }

    static Map<String, String> parameters(String path, String changes) {
        Map<String, String> parameters = good(path);
        for (String change : changes.isBlank() ? new String[0] : changes.split("&")) {
            if (change.startsWith("-")) {
                parameters.remove(change.substring(1));
            } else {
                parameters.put(change.substring(0, change.indexOf('=')), change.substring(change.indexOf('=') + 1));
            }
        }
        return parameters;
    }

    static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static Map<String, String> good(String path) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("s2s", "1");
        parameters.put("app_token", "4w565xzmb54d");
        parameters.put("environment", "production");
        parameters.put("gps_adid", DEVICE);
        parameters.put("created_at_unix", Long.toString(NOW.getEpochSecond()));
        parameters.put("os_name", "android");
        switch (path) {
            case "/event" -> parameters.put("event_token", "f0ob4r");
            case "/ad_revenue" ->
                parameters.putAll(Map.of(
                        "source", "publisher", "revenue", "0.0002", "currency", "USD", "ad_impressions_count", "1"));
            default -> {}
        }
        return parameters;
    }
}
