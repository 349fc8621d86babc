package io.adjustbatch.sandbox;

import java.time.Clock;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Adjust's three endpoints: the {@link Simulator} answers, and {@link Faults} and {@link Script}s spoil the answer. */
final class EndpointHandler extends Handler.Abstract.NonBlocking {

    /** Adjust says 1 MB; the smaller of the two readings. Headers are not counted. */
    private static final int LARGEST_BODY = 1_000_000;

    private final Clock clock;
    private final Supplier<Simulator> simulator;
    private final Faults faults;

    EndpointHandler(Clock clock, Supplier<Simulator> simulator, Faults faults) {
        this.clock = clock;
        this.simulator = simulator;
        this.faults = faults;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Endpoint endpoint = Endpoint.at(Request.getPathInContext(request));
        if (endpoint == null) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        new BodyReader(
                        request,
                        callback,
                        LARGEST_BODY,
                        body -> take(Incoming.of(endpoint, request, body, clock.instant()), exchange))
                .run();
        return true;
    }

    private void take(Incoming incoming, Exchange exchange) {
        Simulator adjust = simulator.get();
        adjust.counts().request();
        Faults.Strike strike = strike(adjust, incoming);
        if (strike == null) {
            exchange.answer(adjust.answer(incoming));
            return;
        }
        adjust.counts().fault();
        boolean isLost = strike.fault().moment() == Fault.Moment.BEFORE_COUNTING;
        spoil(strike, isLost ? Answer.NOTHING : adjust.answer(incoming), exchange);
    }

    private Faults.@Nullable Strike strike(Simulator adjust, Incoming incoming) {
        Faults.Strike strike = faults.draw();
        if (strike != null) {
            return strike;
        }
        Fault scripted = adjust.scriptedFault(incoming);
        return scripted == null ? null : new Faults.Strike(scripted, 0);
    }

    private static void spoil(Faults.Strike strike, Answer answer, Exchange exchange) {
        Fault fault = strike.fault();
        if (fault instanceof Fault.Delay delay) {
            exchange.answerAfter(delay.at(strike.chance()), answer);
        } else if (fault instanceof Fault.Reply reply) {
            exchange.answer(Answer.of(reply));
        } else if (fault instanceof Fault.Reset) {
            exchange.reset();
        } else if (fault instanceof Fault.Stall) {
            exchange.stall();
        } else if (fault instanceof Fault.Cut) {
            exchange.cut(answer);
        } else {
            throw new IllegalStateException("no way to let this fault happen: " + fault);
        }
    }
}
