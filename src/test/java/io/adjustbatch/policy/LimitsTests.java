package io.adjustbatch.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.testing.PackagedRules;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTests {

    @ParameterizedTest(name = "{3} of {4} with max {0}, {1} % from {2}: {5}")
    @CsvSource(nullValues = "-", textBlock = """
            100, -  , 1000, 100 , 5000, -
            100, -  , 1000, 101 , 5000, MAX
            0  , -  , 1000, 1   , 1   , MAX
            -  , 1  , 1000, 999 , 999 , -
            -  , 1  , 1000, 10  , 1000, -
            -  , 1  , 1000, 11  , 1000, MAX_PERCENT
            -  , 0.1, 1   , 1   , 1000, -
            -  , 0.1, 1   , 2   , 1000, MAX_PERCENT
            50 , 1  , 1000, 51  , 100 , MAX
            50 , 1  , 1000, 50  , 1000, MAX_PERCENT
            """)
    void arePassedByCountOrShare(
            @Nullable Long max,
            @Nullable BigDecimal percent,
            long minSample,
            long rows,
            long sample,
            Limit.@Nullable Bound passed) {
        assertThat(new Limit(max, percent, minSample).passed(rows, sample)).isEqualTo(passed);
    }

    @ParameterizedTest(name = "{0}, {1} rows of 100: {2}")
    @CsvSource(textBlock = """
            row-fault.max=3                                        , 4  , adjust.policy.row-fault.max
            row-fault.max=500 row-fault.min-sample=100             , 100, adjust.policy.row-fault.max-percent
            row-fault.purchase.max=3 row-fault.max=2               , 4  , adjust.policy.row-fault.purchase.max
            row-fault.session.max=3 row-fault.max=2                , 3  , adjust.policy.row-fault.max
            row-fault.purchase.max-percent=5 row-fault.min-sample=4, 4  , adjust.policy.row-fault.purchase.max-percent
            """)
    void nameTheSettingThatWasPassed(String settings, int rows, String named) {
        Limits limits = new Limits(PackagedRules.with(settings.split(" ")));

        LimitHalt halt = requireNonNull(answered(limits, ErrorClass.ROW_FAULT, "app1", rows));

        assertThat(halt.remedy().words()).endsWith(" or set " + named);
    }

    @Test
    void haltTheRunWithTheRowThatPassesTheShare() {
        Limits limits = new Limits(PackagedRules.with("row-fault.max-percent=1"));
        answered(limits, ErrorClass.DELIVERED, "app1", 989);
        LimitHalt within = answered(limits, ErrorClass.ROW_FAULT, "app1", 10);

        LimitHalt halt = requireNonNull(answered(limits, ErrorClass.ROW_FAULT, "app1", 1));

        assertThat(within).isNull();
        assertThat(halt.isOfRun()).isTrue();
        assertThat(halt.explanation())
                .isEqualTo(
                        "the run: ROW_FAULT rows of kind purchase passed their limit of 1 % of at least 1,000 with 11 of"
                                + " 1,000: the report says which rows; mend the cause, or set adjust.policy.row-fault.max-percent");
    }

    @Test
    void haltAnAppAloneWhoseShareDrownsInTheOthers() {
        Limits limits = new Limits(PackagedRules.with());
        answered(limits, ErrorClass.DELIVERED, "good", 100_000);
        answered(limits, ErrorClass.DELIVERED, "bad", 900);
        answered(limits, ErrorClass.ROW_FAULT, "bad", 100);

        LimitHalt halt = requireNonNull(answered(limits, ErrorClass.ROW_FAULT, "bad", 1));

        assertThat(halt.isOfRun()).isFalse();
        assertThat(halt.covers(new Target(Endpoint.EVENT, "bad", "evt1", null))).isTrue();
        assertThat(halt.covers(new Target(Endpoint.EVENT, "good", "evt1", null)))
                .isFalse();
        assertThat(halt.covers(new Target(Endpoint.AD_REVENUE, "bad", null, null)))
                .isFalse();
    }

    @Test
    void haltAnAppByItsMostRowsOnlyWithTheRun() {
        Limits limits = new Limits(PackagedRules.with("row-fault.max=3"));

        assertThat(answered(limits, ErrorClass.ROW_FAULT, "app1", 3)).isNull();
        assertThat(answered(limits, ErrorClass.ROW_FAULT, "app2", 1)).isNotNull();
    }

    @Test
    void countWhatIsFoundBeforeSendingAgainstWhatWasExamined() {
        Limits limits = new Limits(PackagedRules.with());
        for (int i = 0; i < 3_600; i++) {
            limits.fit(Kind.PURCHASE, "app1");
        }
        LimitHalt within = answered(limits, ErrorClass.INVALID_ROW, "app1", 400);
        answered(limits, ErrorClass.DELIVERED, "app1", 100_000);

        assertThat(within).isNull();
        assertThat(answered(limits, ErrorClass.INVALID_ROW, "app1", 1)).isNotNull();
    }

    @Test
    void countKindsApart() {
        Limits limits = new Limits(PackagedRules.with());
        for (int i = 0; i < 2_000; i++) {
            limits.ended(ErrorClass.DELIVERED, Kind.SESSION, "app1");
        }

        assertThat(answered(limits, ErrorClass.ROW_FAULT, "app1", 999)).isNull();
        assertThat(answered(limits, ErrorClass.ROW_FAULT, "app1", 1)).isNotNull();
    }

    private static @Nullable LimitHalt answered(Limits limits, ErrorClass errorClass, String app, int rows) {
        LimitHalt last = null;
        for (int i = 0; i < rows; i++) {
            last = limits.ended(errorClass, Kind.PURCHASE, app);
        }
        return last;
    }
}
