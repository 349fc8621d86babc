package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTests {

    private static final Target TARGET = new Target(Endpoint.EVENT, "app1", "evt1", "ios");

    @ParameterizedTest(name = "{0} with status {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            EVENT_TOKEN_FAULT | 400 | check in Adjust's dashboard that event token evt1 exists in app app1 and is not blocklisted, or correct it in the warehouse
            APP_FAULT         | 403 | check in Adjust's dashboard that app app1 exists, is active and is tracked on the platform of these rows
            AUTH_FAULT        | 401 | check the S2S token of app app1 (adjust.apps.app1.token or adjust.token) and its scope for requests to /event
            AUTH_FAULT        | 202 | check the S2S token of app app1 (adjust.apps.app1.token or adjust.token) and its scope for requests to /event
            AUTH_FAULT        | -   | check the S2S token of app app1 (adjust.apps.app1.token or adjust.token) and its scope for requests to /event
            AUTH_FAULT        | 302 | it was not Adjust that answered: check adjust.base-url, proxies and firewalls on the way
            AUTH_FAULT        | 407 | it was not Adjust that answered: check adjust.base-url, proxies and firewalls on the way
            UNRECOGNIZED      | 404 | it was not Adjust that answered: check adjust.base-url, proxies and firewalls on the way
            AMBIGUOUS         | 200 | it was not Adjust that answered: check adjust.base-url, proxies and firewalls on the way
            ROW_FAULT         | 400 | halted because adjust.policy.row-fault.action says so
            """)
    void namesWhatToCheckAndTheSetting(ErrorClass errorClass, @Nullable Integer httpStatus, String words) {
        assertThat(Remedy.of(errorClass, TARGET, httpStatus).words()).isEqualTo(words);
    }

    @Test
    void isASentenceWhereItStandsAlone() {
        assertThat(new Remedy("check the S2S token").sentence()).isEqualTo("Check the S2S token.");
    }
}
