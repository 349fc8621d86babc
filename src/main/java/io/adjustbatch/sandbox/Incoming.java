package io.adjustbatch.sandbox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.UrlEncoded;
import org.jspecify.annotations.Nullable;

/** What came in at an endpoint: a call, or something that Adjust cannot read as one. */
sealed interface Incoming {

    /** Whatever its shape, it came in here. */
    Endpoint endpoint();

    /** A request whose parameters could be read; nothing says yet that they are right. */
    record Legible(Call call) implements Incoming {
        @Override
        public Endpoint endpoint() {
            return call.endpoint();
        }
    }

    /** A request refused for its shape. */
    record Illegible(Endpoint endpoint, Refusal refusal) implements Incoming {}

    /**
     * Takes the shapes that Adjust lists: GET with a query, POST with a query and no body, POST with a form; sessions
     * as POST only.
     *
     * @param body null if it is larger than Adjust takes
     */
    static Incoming of(Endpoint endpoint, Request request, @Nullable String body, Instant arrivedAt) {
        if (body == null) {
            return new Illegible(endpoint, Refusal.TOO_LARGE);
        }
        boolean isPost = HttpMethod.POST.is(request.getMethod());
        boolean isGet = HttpMethod.GET.is(request.getMethod()) && endpoint != Endpoint.SESSION;
        if (!isPost && !isGet) {
            return new Illegible(endpoint, Refusal.METHOD_NOT_ALLOWED);
        }
        if (!body.isEmpty() && !isForm(request)) {
            return new Illegible(endpoint, Refusal.NO_FORM);
        }
        Map<String, String> parameters =
                decode(body.isEmpty() ? request.getHttpURI().getQuery() : body);
        return parameters == null
                ? new Illegible(endpoint, Refusal.BROKEN_ENCODING)
                : new Legible(
                        Call.of(endpoint, parameters, request.getHeaders().get(HttpHeader.AUTHORIZATION), arrivedAt));
    }

    private static boolean isForm(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    private static @Nullable Map<String, String> decode(@Nullable String encoded) {
        Map<String, String> parameters = new HashMap<>();
        if (encoded == null) {
            return parameters;
        }
        try {
            UrlEncoded.decodeUtf8To(encoded, 0, encoded.length(), parameters::putIfAbsent);
            return parameters;
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }
}
