package io.adjustbatch.adjust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.RequestNotExecutedException;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncPushConsumer;
import org.apache.hc.core5.http.nio.HandlerFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;

class ExchangeTests {

    private final List<String> events = new ArrayList<>();
    private final OpenExchanges open = new OpenExchanges(Duration.ZERO, Clock.systemUTC());

    @Test
    void neverSendsWhatWasReportedAsUnsent() {
        Exchange exchange = openExchange();

        open.sweep();
        exchange.completed(new RecordingEndpoint());

        assertThat(events).containsExactly("UNAVAILABLE: no connection within 0 ms", "released for reuse");
        assertThatExceptionOfType(RequestNotExecutedException.class)
                .isThrownBy(() -> exchange.produceRequest(
                        (request, body, context) -> events.add("sent"), HttpCoreContext.create()));
        assertThat(events).doesNotContain("sent");
    }

    @Test
    void doubtsWhatHasLeft() throws HttpException, IOException {
        Exchange exchange = openExchange();

        exchange.completed(new RecordingEndpoint());
        exchange.produceRequest((request, body, context) -> events.add("sent"), HttpCoreContext.create());
        exchange.failed(new IOException("reset"));

        assertThat(events)
                .containsExactly(
                        "executed",
                        "sent",
                        "discarded",
                        "AMBIGUOUS: the connection broke before the whole answer came");
    }

    @Test
    void knowsThatNothingLeftOnConnectionThatWasClosedMeanwhile() {
        Exchange exchange = openExchange();

        exchange.completed(new RecordingEndpoint());
        exchange.cancel();

        assertThat(events)
                .containsExactly(
                        "executed", "discarded", "UNAVAILABLE: the connection broke before the request was sent");
    }

    @Test
    void endsOnce() {
        Exchange exchange = openExchange();

        open.sweep();
        open.close();
        exchange.failed(new IOException("reset"));
        exchange.streamEnd(null);
        exchange.releaseResources();

        assertThat(events).hasSize(1);
    }

    @Test
    void givesNoPlaceOfEndedExchangeToOneThatEndsWithIt() throws HttpException, IOException {
        List<Exchange> exchanges =
                List.of(openExchange(), openExchange(), openExchange(), openExchange(), openExchange());
        Exchange left = exchanges.get(2);
        left.completed(new RecordingEndpoint());
        left.produceRequest((request, body, context) -> {}, HttpCoreContext.create());

        open.close();

        assertThat(events).hasSize(7).endsWith("discarded", "AMBIGUOUS: stopped while waiting for the answer");
    }

    private Exchange openExchange() {
        Exchange exchange = new Exchange(
                new BasicHttpRequest("POST", "/event"),
                "s2s=1",
                outcome -> events.add(outcome.errorClass() + ": " + outcome.message()),
                open);
        assertThat(open.add(exchange)).isTrue();
        return exchange;
    }

    private final class RecordingEndpoint extends AsyncClientEndpoint {

        @Override
        public void execute(
                AsyncClientExchangeHandler exchangeHandler,
                HandlerFactory<AsyncPushConsumer> pushHandlerFactory,
                HttpContext context) {
            events.add("executed");
        }

        @Override
        public void releaseAndReuse() {
            events.add("released for reuse");
        }

        @Override
        public void releaseAndDiscard() {
            events.add("discarded");
        }

        @Override
        public boolean isConnected() {
            return true;
        }
    }
}
