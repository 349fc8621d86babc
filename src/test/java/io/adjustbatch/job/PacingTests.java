package io.adjustbatch.job;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.policy.SilenceHalt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacingTests {

    private static final Instant BEGINNING = Instant.parse("2026-03-01T02:00:00Z");

    private Instant now = BEGINNING;
    private final Clock clock = InstantSource.system().withZone(ZoneOffset.UTC);
    private final Pacing pacing = new Pacing(new PaceSettings(64, null, Duration.ofMinutes(10)), settable());

    @Test
    void letsEverythingLeaveWhileAnswersCome() {
        answer(ErrorClass.ROW_FAULT, 400, null, 100);

        assertThat(pacing.take(Endpoint.EVENT, 256)).isEqualTo(256);
    }

    @ParameterizedTest
    @CsvSource({"PT2S, PT2S", ", PT1S", "PT5M, PT5M"})
    void restsAnEndpointAfter429AndNoOther(@Nullable Duration asked, Duration rest) {
        answer(ErrorClass.THROTTLED, 429, asked, 1);
        int atOnce = pacing.take(Endpoint.EVENT, 5);
        int elsewhere = pacing.take(Endpoint.SESSION, 5);
        now = BEGINNING.plus(rest).minusMillis(1);
        int before = pacing.take(Endpoint.EVENT, 5);
        now = BEGINNING.plus(rest);

        assertThat(pacing.take(Endpoint.EVENT, 5)).isEqualTo(5);
        assertThat(atOnce).isZero();
        assertThat(before).isZero();
        assertThat(elsewhere).isEqualTo(5);
    }

    @Test
    void probesWithOneRequestWhenTwentyAnswersFailedToCome() {
        answer(ErrorClass.UNAVAILABLE, null, null, 19);
        int after19 = pacing.take(Endpoint.EVENT, 5);
        answer(ErrorClass.AMBIGUOUS, null, null, 1);
        int after20 = pacing.take(Endpoint.EVENT, 5);
        now = now.plusMillis(1_001);
        int probes = pacing.take(Endpoint.EVENT, 5);
        int beside = pacing.take(Endpoint.EVENT, 5);
        answer(ErrorClass.DELIVERED, 200, null, 1);

        assertThat(after19).isEqualTo(5);
        assertThat(after20).isZero();
        assertThat(probes).isOne();
        assertThat(beside).isZero();
        assertThat(pacing.take(Endpoint.EVENT, 5)).isEqualTo(5);
    }

    @Test
    void takesAnotherProbeForOneThatWasNotSent() {
        answer(ErrorClass.UNAVAILABLE, null, null, 20);
        now = now.plusMillis(1_001);
        int probe = pacing.take(Endpoint.EVENT, 1);

        pacing.giveBack(Endpoint.EVENT, 1);

        assertThat(probe).isOne();
        assertThat(pacing.take(Endpoint.EVENT, 1)).isOne();
    }

    @Test
    void haltsTheRunWhenPatienceHasRunOut() {
        answer(ErrorClass.UNAVAILABLE, 503, null, 1);
        now = now.plus(Duration.ofMinutes(10));
        SilenceHalt within = answer(ErrorClass.UNAVAILABLE, 503, null, 1);
        now = now.plusSeconds(1);

        SilenceHalt halt = requireNonNull(answer(ErrorClass.UNAVAILABLE, 503, null, 1));

        assertThat(within).isNull();
        assertThat(halt.isOfRun()).isTrue();
        assertThat(halt.explanation())
                .isEqualTo("the run: no request got through to Adjust for 10 min, the last because: Words: check"
                        + " adjust.base-url and the network, or run again later");
        // so that what waits is looked at, and left open
        assertThat(pacing.take(Endpoint.EVENT, 5)).isEqualTo(5);
    }

    @Test
    void haltsTheEndpointAloneWhileAnotherAnswers() {
        answer(ErrorClass.THROTTLED, 429, null, 1);
        now = now.plus(Duration.ofMinutes(9));
        pacing.note(Endpoint.SESSION, outcome(ErrorClass.DELIVERED, 200, null));
        now = now.plus(Duration.ofMinutes(2));

        SilenceHalt halt = requireNonNull(answer(ErrorClass.THROTTLED, 429, null, 1));

        assertThat(halt.endpoint()).isEqualTo(Endpoint.EVENT);
    }

    @Test
    void doesNotWaitLongerThanPatienceForWhatAdjustAsks() {
        assertThat(answer(ErrorClass.THROTTLED, 429, Duration.ofHours(1), 1)).isNotNull();
    }

    @Test
    void beginsToCountAnewWithEveryAnswer() {
        answer(ErrorClass.UNAVAILABLE, 503, null, 1);
        now = now.plus(Duration.ofMinutes(9));
        answer(ErrorClass.ROW_FAULT, 400, null, 1);
        now = now.plus(Duration.ofMinutes(9));

        assertThat(answer(ErrorClass.UNAVAILABLE, 503, null, 1)).isNull();
    }

    @Test
    void tellsOfARunInWhichNothingGotThrough() {
        SilenceHalt untried = pacing.silence();
        answer(ErrorClass.UNAVAILABLE, null, null, 2);
        SilenceHalt silent = pacing.silence();
        answer(ErrorClass.DELIVERED, 200, null, 1);
        answer(ErrorClass.UNAVAILABLE, null, null, 2);

        assertThat(untried).isNull();
        assertThat(silent).isNotNull();
        assertThat(pacing.silence()).isNull();
    }

    @Test
    void doesNotCallARunSilentWhoseRequestsMayHaveArrived() {
        answer(ErrorClass.AMBIGUOUS, null, null, 1);

        assertThat(pacing.silence()).isNull();
    }

    @Test
    void givesATenthOfASecondsRequestsAtOnce() {
        Pacing limited = new Pacing(new PaceSettings(64, 200, Duration.ofMinutes(10)), clock);

        int first = limited.take(Endpoint.EVENT, 50);
        limited.giveBack(Endpoint.EVENT, 5);

        assertThat(first).isEqualTo(20);
        assertThat(limited.take(Endpoint.SESSION, 3)).isEqualTo(3);
    }

    private @Nullable SilenceHalt answer(
            ErrorClass errorClass, @Nullable Integer status, @Nullable Duration retryAfter, int times) {
        SilenceHalt last = null;
        for (int i = 0; i < times; i++) {
            last = pacing.note(Endpoint.EVENT, outcome(errorClass, status, retryAfter));
        }
        return last;
    }

    private static Outcome outcome(ErrorClass errorClass, @Nullable Integer status, @Nullable Duration retryAfter) {
        return new Outcome(errorClass, FaultScope.ROW, status, "Words", retryAfter);
    }

    private Clock settable() {
        InstantSource source = () -> now;
        return source.withZone(ZoneOffset.UTC);
    }
}
