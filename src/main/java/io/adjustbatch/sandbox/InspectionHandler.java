package io.adjustbatch.sandbox;

import java.util.Objects;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the sandbox has beside Adjust's endpoints.
 *
 * <ul>
 *   <li>{@code GET /inspect}: the {@link Tally}.
 *   <li>{@code DELETE /inspect}: forgets everything, devices too, and ends all faults.
 *   <li>{@code POST /inspect/faults}: adds a rule to {@link Faults}, as in {@code {"percent": 1, "strike": {"fault":
 *       "delay", "least": "PT1S", "most": "PT2S"}}} or {@code {"times": 3, "strike": {"fault": "reply", "status": 503}}}.
 *   <li>{@code DELETE /inspect/faults}: ends all faults.
 * </ul>
 */
final class InspectionHandler extends Handler.Abstract.NonBlocking {

    private static final int LARGEST_BODY = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Sandbox sandbox;

    InspectionHandler(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback);
        String what = request.getMethod() + " " + Request.getPathInContext(request);
        new BodyReader(request, callback, LARGEST_BODY, body -> exchange.answer(answer(what, body))).run();
        return true;
    }

    private Answer answer(String what, @Nullable String body) {
        return switch (what) {
            case "GET /inspect" -> Answer.json(200, JSON.writeValueAsString(sandbox.tally()) + "\n");
            case "DELETE /inspect" -> done(sandbox::reset);
            case "POST /inspect/faults" -> addFault(body == null ? "" : body);
            case "DELETE /inspect/faults" -> done(sandbox.faults()::clear);
            default ->
                Answer.text(404, "There is nothing here: the sandbox has /event, /ad_revenue, /session, /inspect\n");
        };
    }

    private static Answer done(Runnable action) {
        action.run();
        return Answer.NOTHING;
    }

    private Answer addFault(String body) {
        try {
            FaultRule rule = JSON.readValue(body, FaultRule.class);
            sandbox.faults()
                    .add(
                            rule.strike(),
                            rule.percent() == null ? 100 : rule.percent(),
                            rule.times() == null ? Long.MAX_VALUE : rule.times());
            return Answer.NOTHING;
        } catch (JacksonException | IllegalArgumentException wrong) {
            return Answer.text(400, "This is no rule for faults: " + wrong.getMessage() + "\n");
        }
    }

    record FaultRule(@Nullable Double percent, @Nullable Long times, Fault strike) {
        FaultRule {
            Objects.requireNonNull(strike, "a rule needs a \"strike\" with the fault");
        }
    }
}
