package io.adjustbatch.adjust;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/** The {@code Authorization} header of each app, made once. Threads may share it. */
final class Authorizations {

    private final Map<String, Header> byApp = new ConcurrentHashMap<>();
    private final Tokens tokens;

    Authorizations(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The app's header; null if no token is configured for it. */
    @Nullable
    Header forApp(String appToken) {
        Header known = byApp.get(appToken);
        if (known != null) {
            return known;
        }
        String token = tokens.forApp(appToken);
        if (token == null) {
            return null;
        }
        Header header = new BasicHeader(HttpHeaders.AUTHORIZATION, "Bearer " + token, true);
        byApp.put(appToken, header);
        return header;
    }
}
