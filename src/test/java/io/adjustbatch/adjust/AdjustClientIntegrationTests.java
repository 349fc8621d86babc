package io.adjustbatch.adjust;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class AdjustClientIntegrationTests {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String APP = "4w565xzmb54d";
    private static final Tokens TOKENS = new Tokens("common-token", Map.of("appwithowntk", "own-token"));
    private static final AdjustRequest EVENT = new AdjustRequest(Endpoint.EVENT, APP, "s2s=1&app_token=" + APP, null);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @RegisterExtension
    private final WireMockExtension adjust = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig()
                    .bindAddress("127.0.0.1")
                    .dynamicPort()
                    .dynamicHttpsPort())
            .build();

    private AdjustClient client = client("http://127.0.0.1:1", LONG, 1);

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void postsFormWithTokenAndNothingMore() {
        answer(okJson("{\"status\":\"OK\"}"));

        assertThat(sent(EVENT)).isEqualTo(new Outcome(ErrorClass.DELIVERED, FaultScope.ROW, 200, null, null));
        adjust.verify(
                1,
                postRequestedFor(urlEqualTo("/event"))
                        .withHeader("Authorization", equalTo("Bearer common-token"))
                        .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
                        .withHeader("User-Agent", equalTo("adjust-batch"))
                        .withHeader(
                                "Content-Length",
                                equalTo(Integer.toString(EVENT.body().length())))
                        .withoutHeader("Accept-Encoding")
                        .withoutHeader("X-Adjust-Forwarded-For")
                        .withRequestBody(equalTo(EVENT.body())));
    }

    @Test
    void keepsPathOfBaseUrlAndForwardsSessionsAddress() {
        answer(okJson("{\"message\":\"Install tracked\"}"));
        open(url() + "/proxy/", LONG, 1);

        Outcome outcome = send(new AdjustRequest(Endpoint.SESSION, APP, "s2s=1", "192.0.2.1"));

        assertThat(outcome.message()).isEqualTo("Install tracked");
        adjust.verify(
                1,
                postRequestedFor(urlEqualTo("/proxy/session"))
                        .withHeader("X-Adjust-Forwarded-For", equalTo("192.0.2.1")));
    }

    @Test
    void usesAppsOwnToken() {
        answer(okJson("{}"));

        sent(new AdjustRequest(Endpoint.AD_REVENUE, "appwithowntk", "s2s=1", null));

        adjust.verify(
                1,
                postRequestedFor(urlEqualTo("/ad_revenue")).withHeader("Authorization", equalTo("Bearer own-token")));
    }

    @Test
    void answersAppWithoutTokenWithoutTraffic() {
        client.close();
        client = new AdjustClient(new ClientSettings(URI.create(url()), Tokens.NONE, LONG, 1), CLOCK);

        Outcome outcome = send(EVENT);

        assertThat(outcome.errorClass()).isEqualTo(ErrorClass.AUTH_FAULT);
        assertThat(outcome.scope()).isEqualTo(FaultScope.APP_ENDPOINT);
        assertThat(outcome.message()).startsWith("no token is configured for this app: set adjust.token");
        assertThat(adjust.getAllServeEvents()).isEmpty();
    }

    @Test
    void doubtsRequestWhoseAnswerIsTooLate() {
        answer(okJson("{\"status\":\"OK\"}").withFixedDelay(6_000));

        open(url(), SHORT, 1);
        Outcome outcome = send(EVENT);

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        ErrorClass.AMBIGUOUS, FaultScope.ROW, null, "no whole answer within 1000 ms", null));
    }

    @Test
    void doubtsRequestWhoseAnswerTricklesAndBreaksItOff() throws Exception {
        try (TricklingServer server = new TricklingServer()) {
            open(server.url(), SHORT, 1);

            long start = System.nanoTime();
            Outcome outcome = send(EVENT);

            assertThat(outcome.message()).isEqualTo("no whole answer within 1000 ms");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            assertThat(server.isBrokenOffWithin(20)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void doubtsRequestWhoseConnectionBreaksAndSendsItOnce(Fault fault) {
        answer(aResponse().withFault(fault));

        Outcome outcome = sent(EVENT);

        assertThat(outcome.errorClass()).isEqualTo(ErrorClass.AMBIGUOUS);
        assertThat(outcome.scope()).isIn(FaultScope.ROW, FaultScope.ENDPOINT);
        adjust.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void followsNoRedirectAndKeepsNoCookie() {
        answer(aResponse()
                .withStatus(307)
                .withHeader("Location", url() + "/elsewhere")
                .withHeader("Set-Cookie", "a=b"));

        assertThat(sent(EVENT).errorClass()).isEqualTo(ErrorClass.AUTH_FAULT);
        assertThat(send(EVENT).httpStatus()).isEqualTo(307);
        adjust.verify(2, postRequestedFor(urlEqualTo("/event")).withHeader("Cookie", absent()));
        assertThat(adjust.getAllServeEvents()).hasSize(2);
    }

    @Test
    void readsRetryAfter() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "Sun, 01 Mar 2026 12:00:30 GMT"));

        assertThat(sent(EVENT).retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void keepsNoMoreThanTheStartOfHugeAnswer() {
        answer(aResponse().withStatus(400).withBody("{\"error\":\"" + "x".repeat(2_000_000) + "\"}"));

        assertThat(sent(EVENT).errorClass()).isEqualTo(ErrorClass.UNRECOGNIZED);
    }

    @Test
    void knowsThatRefusedConnectionCarriedNothing() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        open("http://127.0.0.1:" + port, Duration.ofSeconds(10), 1);

        assertThat(send(EVENT))
                .isEqualTo(
                        new Outcome(ErrorClass.UNAVAILABLE, FaultScope.ROW, null, "the connection was refused", null));
    }

    @Test
    void knowsThatUnknownHostGotNothing() {
        open("http://adjust.invalid", Duration.ofSeconds(20), 1);

        Outcome outcome = send(EVENT);

        assertThat(outcome.errorClass()).isEqualTo(ErrorClass.UNAVAILABLE);
        assertThat(outcome.message()).startsWith("the host's name is unknown");
    }

    @Test
    void knowsThatFailedTlsHandshakeCarriedNothing() {
        answer(okJson("{\"status\":\"OK\"}"));
        open("https://127.0.0.1:" + adjust.getRuntimeInfo().getHttpsPort(), Duration.ofSeconds(20), 1);

        Outcome outcome = send(EVENT);

        assertThat(outcome.errorClass()).isEqualTo(ErrorClass.UNAVAILABLE);
        assertThat(outcome.message()).startsWith("the TLS handshake failed");
        assertThat(adjust.getAllServeEvents()).isEmpty();
    }

    @Test
    void keepsToMaxInFlightAndAnswersAll() throws IOException {
        try (CountingServer server = new CountingServer(Duration.ofMillis(50))) {
            open(server.url(), Duration.ofSeconds(20), 8);

            var outcomes = IntStream.range(0, 80).mapToObj(i -> start(EVENT)).toList();

            assertThat(outcomes)
                    .allSatisfy(outcome -> assertThat(
                                    outcome.get(20, TimeUnit.SECONDS).errorClass())
                            .isEqualTo(ErrorClass.DELIVERED));
            assertThat(server.mostAtOnce()).isEqualTo(8);
        }
    }

    @Test
    void servesOthersAfterListenerFailed() {
        answer(okJson("{\"status\":\"OK\"}"));
        open(url(), LONG, 1);
        AtomicInteger told = new AtomicInteger();

        client.send(EVENT, outcome -> {
            told.incrementAndGet();
            throw new IllegalStateException("a defect of the listener");
        });

        assertThat(send(EVENT).errorClass()).isEqualTo(ErrorClass.DELIVERED);
        assertThat(told).hasValue(1);
    }

    @Test
    void endsEverythingOnceWhenClosed() throws IOException {
        try (CountingServer server = new CountingServer(Duration.ofSeconds(20))) {
            open(server.url(), Duration.ofSeconds(30), 2);
            CompletableFuture<Outcome> left = start(EVENT);
            CompletableFuture<Outcome> alsoLeft = start(EVENT);
            CompletableFuture<Outcome> unsent = start(EVENT);
            server.awaitRequests(2);

            long start = System.nanoTime();
            client.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(left.join().errorClass()).isEqualTo(ErrorClass.AMBIGUOUS);
            assertThat(alsoLeft.join().message()).isEqualTo("stopped while waiting for the answer");
            assertThat(unsent.join().errorClass()).isEqualTo(ErrorClass.UNAVAILABLE);
            assertThat(send(EVENT).message()).isEqualTo("stopped before the request was sent");
        }
    }

    private String url() {
        return "http://127.0.0.1:" + adjust.getRuntimeInfo().getHttpPort();
    }

    private void answer(ResponseDefinitionBuilder response) {
        adjust.stubFor(post(anyUrl()).willReturn(response));
        adjust.stubFor(any(urlEqualTo("/elsewhere")).willReturn(okJson("{}")));
    }

    private Outcome sent(AdjustRequest request) {
        open(url(), LONG, 1);
        return send(request);
    }

    private Outcome send(AdjustRequest request) {
        return start(request).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<Outcome> start(AdjustRequest request) {
        CompletableFuture<Outcome> told = new CompletableFuture<>();
        client.send(request, outcome -> assertThat(told.complete(outcome)).isTrue());
        return told;
    }

    private void open(String url, Duration timeout, int maxInFlight) {
        client.close();
        client = client(url, timeout, maxInFlight);
    }

    private static AdjustClient client(String url, Duration timeout, int maxInFlight) {
        return new AdjustClient(new ClientSettings(URI.create(url), TOKENS, timeout, maxInFlight), CLOCK);
    }
}
