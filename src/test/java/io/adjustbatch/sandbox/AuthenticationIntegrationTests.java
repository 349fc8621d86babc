package io.adjustbatch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.sandbox.SandboxSettings.AuthFailure;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationIntegrationTests {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
        ACCEPTED_202     |                | 202 | {"error":"Event request failed (Missing authentication token)"}
        ACCEPTED_202     | Bearer other   | 202 | {"error":"Event request failed (Wrong authentication token)"}
        ACCEPTED_202     | s3cret         | 202 | {"error":"Event request failed (Wrong authentication token)"}
        ACCEPTED_202     | Bearer s3cret  | 200 | {"status":"OK"}
        UNAUTHORIZED_401 |                | 401 | {"error":"Event request failed (Failed to authorize request)"}
        UNAUTHORIZED_401 | Bearer other   | 401 | {"error":"Event request failed (Failed to authorize request)"}
        UNAUTHORIZED_401 | Bearer s3cret  | 200 | {"status":"OK"}
        """)
    void enforcesTheToken(AuthFailure style, @Nullable String authorization, int status, String body) throws Exception {
        try (Sandbox sandbox = Sandbox.start(Sender.settings().withToken("s3cret", style))) {
            Sender sender = new Sender(sandbox);
            var request = sender.form("/event", Sender.parameters("/event", ""));

            HttpResponse<String> answer =
                    sender.send(authorization == null ? request : request.header("Authorization", authorization));

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
            assertThat(sandbox.tally().acceptedRequests()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    @Test
    void asksForNoTokenByDefault() throws Exception {
        try (Sandbox sandbox = Sandbox.start(Sender.settings())) {
            Sender sender = new Sender(sandbox);
            var request = sender.form("/event", Sender.parameters("/event", ""));

            assertThat(sender.send(request.header("Authorization", "Bearer any"))
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void settingsKeepTheTokenToThemselves() {
        assertThat(Sender.settings()
                        .withToken("s3cret", AuthFailure.ACCEPTED_202)
                        .toString())
                .doesNotContain("s3cret");
    }
}
