package io.adjustbatch.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionsIntegrationTests {

    private Sandbox sandbox;
    private Sender sender;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(Sender.settings());
        sender = new Sender(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void firstSessionIsTheInstall() throws Exception {
        HttpResponse<String> answer = sender.send("/session", "created_at_unix=1772360000");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .matches("\\{\"app_token\":\"4w565xzmb54d\",\"adid\":\"[0-9a-f]{32}\","
                        + "\"timestamp\":\"2026-03-01T12:00:00.000Z\\+0000\","
                        + "\"message\":\"Install tracked\",\"ask_in\":2000}");
    }

    @Test
    void laterSessionHasTheSameAdid() throws Exception {
        String install = sender.send("/session", "created_at_unix=1772360000").body();

        String session = sender.send("/session", "created_at_unix=1772361200").body();

        assertThat(session)
                .isEqualTo(install.replace("Install tracked", "Session tracked").replace("2000}", "5000}"));
    }

    @Test
    void refusesASessionWithinTheInterval() throws Exception {
        sender.send("/session", "created_at_unix=1772360000");

        HttpResponse<String> answer = sender.send("/session", "created_at_unix=1772361199");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"Session request check interval failed (Ignoring too frequent session."
                        + " Last session: 2026-03-01T10:13:20Z, min interval: 20m)\"}");
        assertThat(sandbox.tally().refused())
                .containsExactly(
                        new Tally.Refused("/session", "4w565xzmb54d", 400, "Ignoring too frequent session.", 1));
    }

    @Test
    void intervalCountsFromTheLastAcceptedSession() throws Exception {
        sender.send("/session", "created_at_unix=1772360000");
        sender.send("/session", "created_at_unix=1772361100");

        assertThat(sender.send("/session", "created_at_unix=1772361200").statusCode())
                .isEqualTo(200);
    }

    @Test
    void intervalIsASetting() throws Exception {
        try (Sandbox lenient = Sandbox.start(Sender.settings().withSessionInterval(Duration.ZERO))) {
            Sender leniently = new Sender(lenient);
            leniently.send("/session", "");

            assertThat(leniently.send("/session", "").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void asksForThePlatform() throws Exception {
        assertThat(sender.send("/session", "os_name=Android").body())
                .isEqualTo("{\"error\":\"Session failed (Sandbox: os_name must be one of Adjust's list)\"}");
    }
}
