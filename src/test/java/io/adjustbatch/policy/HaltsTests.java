package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HaltsTests {

    private static final Target TARGET = new Target(Endpoint.EVENT, "app1", "evt1", "ios");

    private final Halts halts = new Halts();

    @ParameterizedTest(name = "{0} reaches {1} {2} {3} {4}: {5}")
    @CsvSource(nullValues = "-", textBlock = """
            ROW         , EVENT  , app1, evt1, ios    , false
            EVENT_TOKEN , EVENT  , app1, evt1, android, true
            EVENT_TOKEN , EVENT  , app1, evt2, ios    , false
            EVENT_TOKEN , EVENT  , app2, evt1, ios    , false
            EVENT_TOKEN , SESSION, app1, -   , ios    , false
            APP         , EVENT  , app1, evt2, android, true
            APP         , SESSION, app1, -   , -      , true
            APP         , EVENT  , app2, evt1, ios    , false
            APP_PLATFORM, SESSION, app1, -   , ios    , true
            APP_PLATFORM, EVENT  , app1, evt1, android, false
            APP_PLATFORM, EVENT  , app1, evt1, -      , false
            APP_PLATFORM, EVENT  , app2, evt1, ios    , false
            APP_ENDPOINT, EVENT  , app1, evt2, -      , true
            APP_ENDPOINT, SESSION, app1, -   , ios    , false
            APP_ENDPOINT, EVENT  , app2, evt1, ios    , false
            ENDPOINT    , EVENT  , app2, evt2, -      , true
            ENDPOINT    , SESSION, app1, -   , ios    , false
            """)
    void coverWhatTheFaultReaches(
            FaultScope scope,
            Endpoint endpoint,
            String appToken,
            @Nullable String eventToken,
            @Nullable String platform,
            boolean covered) {
        note(scope, Halts.UNRECOGNIZED_LIMIT);

        assertThat(halts.covers(new Target(endpoint, appToken, eventToken, platform)))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @EnumSource(
            value = FaultScope.class,
            names = {"ROW", "ENDPOINT"},
            mode = EnumSource.Mode.EXCLUDE)
    void haltWithTheFirstFaultOfConfigurationAndKeepItOnce(FaultScope scope) {
        assertThat(halts.covers(TARGET)).isFalse();

        note(scope, 3);

        assertThat(halts.covers(TARGET)).isTrue();
        assertThat(halts.all()).containsExactly(halt(scope, TARGET));
    }

    @Test
    void haltAnEndpointWithTheTwentiethOddAnswer() {
        note(FaultScope.ENDPOINT, 19);
        boolean after19 = halts.covers(TARGET);

        note(FaultScope.ENDPOINT, 1);

        assertThat(after19).isFalse();
        assertThat(halts.covers(TARGET)).isTrue();
        assertThat(halts.all()).hasSize(1);
    }

    @Test
    void countOddAnswersOfEachEndpointApart() {
        note(FaultScope.ENDPOINT, 19);

        halts.note(halt(FaultScope.ENDPOINT, new Target(Endpoint.SESSION, "app1", null, "ios")));

        assertThat(halts.all()).isEmpty();
    }

    @Test
    void keepTheOrderInWhichTheyCame() {
        Halt first = halt(FaultScope.APP, new Target(Endpoint.EVENT, "app2", "evt1", null));
        Halt second = halt(FaultScope.EVENT_TOKEN, TARGET);

        halts.note(first);
        halts.note(second);

        assertThat(halts.all()).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            EVENT_TOKEN  | ios | app app1, event token evt1: Adjust answered 403 "Words": check the event token in the rows and in Adjust's dashboard
            APP          | ios | app app1: Adjust answered 403 "Words": check the app token in the rows and that the app is active in Adjust's dashboard
            APP_PLATFORM | ios | app app1 on ios: Adjust answered 403 "Words": check that this platform is set up for the app in Adjust's dashboard
            APP_PLATFORM | -   | app app1 on rows without os_name: Adjust answered 403 "Words": check that this platform is set up for the app in Adjust's dashboard
            APP_ENDPOINT | ios | app app1 at /event: Adjust answered 403 "Words": check ADJUST_TOKEN or adjust.apps.app1.token, and the token's scopes
            ENDPOINT     | ios | endpoint /event: Adjust answered 403 "Words": check adjust.base-url and any proxy in between
            """)
    void explainWhatWasAnsweredAndWhatToDo(FaultScope scope, @Nullable String platform, String explanation) {
        assertThat(halt(scope, new Target(Endpoint.EVENT, "app1", "evt1", platform))
                        .explanation())
                .isEqualTo(explanation);
    }

    @Test
    void explainAFaultWithoutAnAnswer() {
        Outcome outcome = new Outcome(ErrorClass.UNAVAILABLE, FaultScope.ENDPOINT, null, "no connection", null);

        assertThat(new Halt(FaultScope.ENDPOINT, TARGET, outcome).explanation())
                .startsWith("endpoint /event: not sent \"no connection\": ");
    }

    private void note(FaultScope scope, int times) {
        for (int i = 0; i < times; i++) {
            halts.note(halt(scope, TARGET));
        }
    }

    private static Halt halt(FaultScope scope, Target target) {
        return new Halt(scope, target, new Outcome(ErrorClass.APP_FAULT, scope, 403, "Words", null));
    }
}
