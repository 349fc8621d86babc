package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.Endpoint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeTests {

    private static final Target PURCHASE = new Target(Endpoint.EVENT, "4w565xzmb54d", "abc123", "ios");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            the run                                | true
            app 4w565xzmb54d                       | true
            app 4w565xzmb54d at /event             | true
            app 4w565xzmb54d on android            | true
            app 4w565xzmb54d, event token abc123   | true
            endpoint /event                        | true
            app 4w565xzmb54d at /session           | false
            app 4w565xzmb54d, event token abc1234  | false
            app 4w565xzmb54e                       | false
            endpoint /ad_revenue                   | false
            """)
    void isToldByItsWordsWhetherItMayReachARow(String words, boolean reaches) {
        assertThat(Scope.mayReach(words, PURCHASE)).isEqualTo(reaches);
    }
}
