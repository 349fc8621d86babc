package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HaltsTests {

    private static final Target TARGET = new Target(Endpoint.EVENT, "app1", "evt1", "ios");

    private final Halts halts = new Halts();

    @ParameterizedTest(name = "{0} for {1} reaches {2} {3} {4} {5}: {6}")
    @CsvSource(nullValues = "-", textBlock = """
            HALT_EVENT_TOKEN, EVENT_TOKEN , EVENT  , app1, evt1, android, true
            HALT_EVENT_TOKEN, EVENT_TOKEN , EVENT  , app1, evt2, ios    , false
            HALT_EVENT_TOKEN, EVENT_TOKEN , EVENT  , app2, evt1, ios    , false
            HALT_EVENT_TOKEN, EVENT_TOKEN , SESSION, app1, -   , ios    , false
            HALT_EVENT_TOKEN, ROW         , EVENT  , app1, evt1, ios    , true
            HALT_APP        , APP         , EVENT  , app1, evt2, android, true
            HALT_APP        , APP         , SESSION, app1, -   , -      , true
            HALT_APP        , APP         , EVENT  , app2, evt1, ios    , false
            HALT_APP        , APP_PLATFORM, SESSION, app1, -   , ios    , true
            HALT_APP        , APP_PLATFORM, EVENT  , app1, evt1, android, false
            HALT_APP        , APP_PLATFORM, EVENT  , app1, evt1, -      , false
            HALT_APP        , APP_PLATFORM, EVENT  , app2, evt1, ios    , false
            HALT_ENDPOINT   , APP_ENDPOINT, EVENT  , app1, evt2, -      , true
            HALT_ENDPOINT   , APP_ENDPOINT, SESSION, app1, -   , ios    , false
            HALT_ENDPOINT   , APP_ENDPOINT, EVENT  , app2, evt1, ios    , false
            HALT_ENDPOINT   , ENDPOINT    , EVENT  , app2, evt2, -      , true
            HALT_ENDPOINT   , ENDPOINT    , SESSION, app1, -   , ios    , false
            HALT_RUN        , ROW         , SESSION, app2, -   , -      , true
            """)
    void coverWhatTheActionReaches(
            Action action,
            FaultScope fault,
            Endpoint endpoint,
            String appToken,
            @Nullable String eventToken,
            @Nullable String platform,
            boolean covered) {
        halts.note(action, TARGET, outcome(fault));

        assertThat(halts.covers(new Target(endpoint, appToken, eventToken, platform)))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void haltWithTheFirstOutcomeAndKeepItOnce(Action action) {
        note(action, FaultScope.APP, 3);

        assertThat(halts.covers(TARGET)).isEqualTo(action.halts());
        assertThat(halts.all()).hasSize(action.halts() ? 1 : 0);
    }

    @Test
    void tellAnEventTokenApartFromRowsThatHaveNone() {
        halts.note(
                Action.HALT_EVENT_TOKEN,
                new Target(Endpoint.SESSION, "app1", null, "ios"),
                outcome(FaultScope.EVENT_TOKEN));

        assertThat(halts.covers(TARGET)).isFalse();
        assertThat(halts.covers(new Target(Endpoint.SESSION, "app1", null, "android")))
                .isTrue();
    }

    @Test
    void haltAnEndpointWithTheTwentiethOddAnswer() {
        note(Action.RETRY, FaultScope.ENDPOINT, 19);
        boolean after19 = halts.covers(TARGET);

        note(Action.RETRY, FaultScope.ENDPOINT, 1);

        assertThat(after19).isFalse();
        assertThat(halts.covers(TARGET)).isTrue();
        assertThat(halts.all()).hasSize(1);
    }

    @Test
    void countOddAnswersOfEachEndpointApart() {
        note(Action.IN_DOUBT, FaultScope.ENDPOINT, 19);

        halts.note(Action.IN_DOUBT, new Target(Endpoint.SESSION, "app1", null, "ios"), outcome(FaultScope.ENDPOINT));

        assertThat(halts.all()).isEmpty();
    }

    @Test
    void sayWhatEndsTheRun() {
        halts.note(Action.HALT_APP, TARGET, outcome(FaultScope.APP));
        Halt none = halts.ofRun();
        SilenceHalt silence = new SilenceHalt(null, Duration.ofMinutes(15), "the connection was refused");

        halts.add(silence);
        note(Action.HALT_ENDPOINT, FaultScope.APP_ENDPOINT, 1);

        assertThat(none).isNull();
        assertThat(halts.ofRun()).isEqualTo(silence);
        assertThat(halts.all()).hasSize(2).last().isEqualTo(silence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            HALT_EVENT_TOKEN | EVENT_TOKEN  | ios | app app1, event token evt1
            HALT_APP         | APP          | ios | app app1
            HALT_APP         | APP_PLATFORM | ios | app app1 on ios
            HALT_APP         | APP_PLATFORM | -   | app app1 on rows without os_name
            HALT_ENDPOINT    | APP_ENDPOINT | ios | app app1 at /event
            HALT_ENDPOINT    | ENDPOINT     | ios | endpoint /event
            HALT_RUN         | ROW          | ios | the run
            """)
    void explainWhatIsHaltedWhatWasAnsweredAndWhatToDo(
            Action action, FaultScope fault, @Nullable String platform, String scope) {
        halts.note(action, new Target(Endpoint.EVENT, "app1", "evt1", platform), outcome(fault));

        assertThat(halts.all())
                .extracting(Halt::explanation)
                .containsExactly(scope
                        + ": the answer was 403 \"Words\": check in Adjust's dashboard that app app1 exists, is active"
                        + " and is tracked on the platform of these rows");
    }

    private void note(Action action, FaultScope fault, int times) {
        for (int i = 0; i < times; i++) {
            halts.note(action, TARGET, outcome(fault));
        }
    }

    private static Outcome outcome(FaultScope scope) {
        return new Outcome(ErrorClass.APP_FAULT, scope, 403, "Words", null);
    }
}
