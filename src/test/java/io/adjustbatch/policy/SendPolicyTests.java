package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.testing.PackagedRules;
import io.adjustbatch.warehouse.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

class SendPolicyTests {

    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");

    /** What is done about the first, second … sixth try of a class in a row; for a kind of its own after a slash. */
    private static final Map<String, String> TABLE = """
            DELIVERED         : ACCEPT    ACCEPT    ACCEPT    ACCEPT    ACCEPT    ACCEPT
            DUPLICATE         : DUPLICATE DUPLICATE DUPLICATE DUPLICATE DUPLICATE DUPLICATE
            ROW_FAULT         : REJECT    REJECT    REJECT    REJECT    REJECT    REJECT
            EVENT_TOKEN_FAULT : HALT_EVENT_TOKEN HALT_EVENT_TOKEN HALT_EVENT_TOKEN HALT_EVENT_TOKEN HALT_EVENT_TOKEN HALT_EVENT_TOKEN
            APP_FAULT         : HALT_APP  HALT_APP  HALT_APP  HALT_APP  HALT_APP  HALT_APP
            AUTH_FAULT        : HALT_ENDPOINT HALT_ENDPOINT HALT_ENDPOINT HALT_ENDPOINT HALT_ENDPOINT HALT_ENDPOINT
            UNRECOGNIZED      : RETRY     RETRY     RETRY     DEFER     DEFER     DEFER
            DEVICE_UNKNOWN    : DEFER     DEFER     DEFER     DEFER     REJECT    REJECT
            OPTED_OUT         : SUPPRESS  SUPPRESS  SUPPRESS  SUPPRESS  SUPPRESS  SUPPRESS
            THROTTLED         : RETRY     RETRY     RETRY     RETRY     RETRY     RETRY
            UNAVAILABLE       : RETRY     RETRY     RETRY     DEFER     DEFER     DEFER
            SERVER_ERROR      : RETRY     RETRY     RETRY     DEFER     DEFER     DEFER
            AMBIGUOUS         : IN_DOUBT  IN_DOUBT  IN_DOUBT  IN_DOUBT  IN_DOUBT  IN_DOUBT
            AMBIGUOUS/SESSION : RETRY     RETRY     RETRY     DEFER     DEFER     DEFER
            """.lines()
            .map(line -> line.split(" *: *", -1))
            .collect(Collectors.toMap(columns -> columns[0], columns -> columns[1]));

    private final SendPolicy policy = new SendPolicy(PackagedRules.with(), unmoved());

    record Case(ErrorClass errorClass, Kind kind, int tries, Action action) {}

    static Stream<Case> cases() {
        return Arrays.stream(ErrorClass.values())
                .filter(errorClass -> !errorClass.isLocal())
                .flatMap(errorClass -> Arrays.stream(Kind.values())
                        .flatMap(kind -> IntStream.rangeClosed(1, 6)
                                .mapToObj(tries ->
                                        new Case(errorClass, kind, tries, expected(errorClass, kind, tries)))));
    }

    private static Action expected(ErrorClass errorClass, Kind kind, int tries) {
        String row = TABLE.getOrDefault(errorClass + "/" + kind, TABLE.get(errorClass.name()));
        return Action.valueOf(Objects.requireNonNull(row, () -> errorClass + " is missing in the table")
                .split(" +", -1)[tries - 1]);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decidesByClassKindAndTry(Case row) {
        Decision decision = policy.decide(after(row.kind, row.errorClass, row.errorClass, row.tries - 1));

        assertThat(decision.action()).isEqualTo(row.action);
        if (row.errorClass != ErrorClass.THROTTLED) {
            boolean begunAnew = decision.reason() != null && row.action == Action.DEFER;
            assertThat(decision.tries()).isEqualTo(begunAnew ? 0 : row.tries);
        }
        assertThat(decision.nextAttemptAt() != null)
                .isEqualTo(row.action == Action.RETRY || row.action == Action.DEFER);
    }

    @ParameterizedTest
    @EnumSource(value = ErrorClass.class, names = "THROTTLED", mode = Mode.EXCLUDE)
    void beginsToCountAnewWithAnotherClass(ErrorClass errorClass) {
        if (!errorClass.isLocal()) {
            ErrorClass other = errorClass == ErrorClass.UNAVAILABLE ? ErrorClass.SERVER_ERROR : ErrorClass.UNAVAILABLE;

            assertThat(policy.decide(after(Kind.SESSION, errorClass, other, 3)).tries())
                    .isEqualTo(1);
        }
    }

    @Test
    void countsAThrottledAttemptAsNoTry() {
        assertThat(policy.decide(after(Kind.PURCHASE, ErrorClass.THROTTLED, null, 0))
                        .tries())
                .isZero();
        assertThat(policy.decide(after(Kind.PURCHASE, ErrorClass.THROTTLED, ErrorClass.THROTTLED, 0))
                        .tries())
                .isZero();
    }

    @ParameterizedTest(name = "try {1} of {0}: {2}")
    @CsvSource(textBlock = """
            DEVICE_UNKNOWN, 1, 6h
            DEVICE_UNKNOWN, 2, 24h
            DEVICE_UNKNOWN, 3, 72h
            DEVICE_UNKNOWN, 4, 168h
            UNAVAILABLE   , 1, 1s
            UNAVAILABLE   , 2, 2s
            UNAVAILABLE   , 3, 4s
            UNAVAILABLE   , 4, 0s
            THROTTLED     , 1, 1s
            """)
    void waits(ErrorClass errorClass, int tries, String wait) {
        Decision decision = policy.decide(after(Kind.PURCHASE, errorClass, errorClass, tries - 1));

        assertThat(decision.nextAttemptAt()).isEqualTo(NOW.plus(Duration.parse("PT" + wait)));
    }

    @ParameterizedTest(name = "asked for {0}: {1}")
    @CsvSource(textBlock = """
            PT0.5S, PT1S
            PT1M  , PT1M
            PT6H  , PT6H
            """)
    void waitsAsLongAsTheServerAsks(Duration asked, Duration wait) {
        Outcome outcome = new Outcome(ErrorClass.THROTTLED, FaultScope.ROW, 429, null, asked);

        assertThat(policy.decide(new Attempt(Kind.PURCHASE, outcome, null, 0, NOW))
                        .nextAttemptAt())
                .isEqualTo(NOW.plus(wait));
    }

    @ParameterizedTest(name = "{0}, try {1} with {2}: {3}")
    @CsvSource(quoteCharacter = '"', textBlock = """
            ROW_FAULT   , 1, row-fault.action=halt-app              , HALT_APP
            SERVER_ERROR, 1, server-error.action=in-doubt           , IN_DOUBT
            SERVER_ERROR, 2, server-error.attempts=2                , DEFER
            SERVER_ERROR, 1, server-error.purchase.action=in-doubt  , IN_DOUBT
            SERVER_ERROR, 1, server-error.session.action=in-doubt   , RETRY
            APP_FAULT   , 1, app-fault.action=halt-run              , HALT_RUN
            UNAVAILABLE , 9, unavailable.action=defer               , DEFER
            DEVICE_UNKNOWN, 2, device-unknown.attempts=2            , REJECT
            DEVICE_UNKNOWN, 2, "device-unknown.deferral=1h,2h"      , DEFER
            DEVICE_UNKNOWN, 3, "device-unknown.deferral=1h,2h"      , REJECT
            """)
    void followsTheSettings(ErrorClass errorClass, int tries, String setting, Action action) {
        SendPolicy changed = new SendPolicy(PackagedRules.with(setting), unmoved());

        assertThat(changed.decide(after(Kind.PURCHASE, errorClass, errorClass, tries - 1))
                        .action())
                .isEqualTo(action);
    }

    @Test
    void waitsAsTheSettingsSay() {
        SendPolicy changed = new SendPolicy(
                PackagedRules.with("unavailable.backoff.initial=7s", "device-unknown.deferral=1h,90m"), unmoved());

        assertThat(changed.decide(after(Kind.PURCHASE, ErrorClass.UNAVAILABLE, null, 0))
                        .nextAttemptAt())
                .isEqualTo(NOW.plusSeconds(7));
        assertThat(changed.decide(after(Kind.PURCHASE, ErrorClass.DEVICE_UNKNOWN, ErrorClass.DEVICE_UNKNOWN, 1))
                        .nextAttemptAt())
                .isEqualTo(NOW.plus(Duration.ofMinutes(90)));
    }

    @Test
    void saysWhyItGivesARowUp() {
        assertThat(policy.decide(after(Kind.PURCHASE, ErrorClass.DEVICE_UNKNOWN, ErrorClass.DEVICE_UNKNOWN, 4))
                        .reason())
                .isEqualTo("the device was still unknown to Adjust after 5 tries");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void aDecisionHasATimeIfAndOnlyIfTheRowGoesAgain(Action action) {
        boolean again = action.sendsAgain();

        assertThatIllegalArgumentException().isThrownBy(() -> new Decision(action, 1, again ? null : NOW, null));
    }

    private static Attempt after(
            Kind kind, ErrorClass errorClass, @Nullable ErrorClass previousClass, int previousTries) {
        return new Attempt(
                kind, new Outcome(errorClass, FaultScope.ROW, null, null, null), previousClass, previousTries, NOW);
    }

    /** Chance in its middle leaves waits unmoved. */
    private static RandomGenerator unmoved() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return 0.5;
            }
        };
    }
}
