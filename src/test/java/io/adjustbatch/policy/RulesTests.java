package io.adjustbatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.testing.PackagedRules;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTests {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            row-fault.backoff.initial=2s           | adjust.policy.row-fault.backoff is only for action retry
            row-fault.attempts=3                   | adjust.policy.row-fault.attempts is only for the actions retry and defer
            unavailable.deferral=1h                | adjust.policy.unavailable.deferral is only for action defer
            unavailable.attempts=1                 | adjust.policy.unavailable.attempts must be from 2 to 100, but is 1
            unavailable.backoff.jitter=2           | adjust.policy.unavailable.backoff.jitter must lie between 0 and 1, but is 2.0
            unavailable.backoff.multiplier=0.5     | adjust.policy.unavailable.backoff.multiplier must be at least 1, but is 0.5
            unavailable.session.deferral=1h        | adjust.policy.unavailable.session.deferral is only for action defer
            device-unknown.deferral=1s             | adjust.policy.device-unknown.deferral: every wait must be at least 1m
            ambiguous.purchase.action=retry        | adjust.policy.ambiguous.action = retry sends rows of kind purchase again that Adjust may have counted: if that is wanted, set adjust.policy.ambiguous.may-count-twice to true
            ambiguous.ad-revenue.action=defer      | adjust.policy.ambiguous.action = defer sends rows of kind ad_revenue again that Adjust may have counted: if that is wanted, set adjust.policy.ambiguous.may-count-twice to true
            server-error.may-count-twice=true      | adjust.policy.server-error.may-count-twice is only for the class ambiguous
            opted-out.action=retry                 | adjust.policy.opted-out.action = retry is impossible: allowed are suppress
            auth-fault.action=reject               | adjust.policy.auth-fault.action = reject is impossible: allowed are halt-app, halt-endpoint, halt-run
            row-fault.purchase.action=suppress     | adjust.policy.row-fault.purchase.action = suppress is impossible: allowed are reject, defer, halt-event-token, halt-app, halt-endpoint, halt-run
            invalid-row.action=reject              | adjust.policy.invalid-row.action: what is found before sending has no action; max, max-percent and min-sample are possible
            delivered.max=5                        | adjust.policy.delivered: a limit of this class can never be reached
            row-fault.max-percent=100              | adjust.policy.row-fault.max-percent must be above 0 and below 100, or it can never be reached, but is 100
            row-fault.max=-1                       | adjust.policy.row-fault.max must be at least 0, but is -1
            row-fault.min-sample=0                 | adjust.policy.row-fault.min-sample must be at least 1, but is 0
            row-fault.action=                      | adjust.policy.row-fault.action must be set
            """)
    void refuseWhatCannotBe(String setting, String problem) {
        assertThatExceptionOfType(UnfitPolicyException.class)
                .isThrownBy(() -> PackagedRules.with(setting))
                .withMessage(problem + "\nNothing was done.");
    }

    @Test
    void nameTheLimitsThatThereAreInTheOrderOfClassAndKind() {
        Rules rules = PackagedRules.with("row-fault.session.max-percent=5", "unavailable.purchase.max=3");

        assertThat(rules.limits())
                .extracting(limit -> limit.errorClass() + " " + limit.kind().key() + ": "
                        + limit.limit().words())
                .containsExactly(
                        "ROW_FAULT session: 5 % of at least 1,000",
                        "ROW_FAULT purchase: 10 % of at least 1,000",
                        "ROW_FAULT ad_revenue: 10 % of at least 1,000",
                        "UNAVAILABLE purchase: 3 rows",
                        "AMBIGUOUS session: 1 % of at least 1,000",
                        "AMBIGUOUS purchase: 1 % of at least 1,000",
                        "AMBIGUOUS ad_revenue: 1 % of at least 1,000",
                        "INVALID_ROW session: 10 % of at least 1,000",
                        "INVALID_ROW purchase: 10 % of at least 1,000",
                        "INVALID_ROW ad_revenue: 10 % of at least 1,000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "row-fault.action=defer",
                "row-fault.max-percent=",
                "ambiguous.session.attempts=2",
                "ambiguous.backoff.initial=2s",
                "ambiguous.may-count-twice=true",
                "row-fault.purchase.max-percent=0.5"
            })
    void takeWhatFitsTogether(String setting) {
        assertThat(PackagedRules.with(setting)).isNotNull();
    }

    @Test
    void tellOfEveryProblemAtOnce() {
        assertThatExceptionOfType(UnfitPolicyException.class)
                .isThrownBy(() -> PackagedRules.with("row-fault.max=-1", "opted-out.action=reject"))
                .withMessageContainingAll("row-fault.max", "opted-out.action");
    }

    @Test
    void giveAKindWhatIsSetForItAlone() {
        Rules rules = PackagedRules.with("row-fault.ad-revenue.max-percent=50", "ambiguous.purchase.max=7");

        assertThat(rules.rule(ErrorClass.ROW_FAULT, Kind.AD_REVENUE).limit())
                .isEqualTo(new Limit(null, BigDecimal.valueOf(50), 1_000));
        assertThat(rules.rule(ErrorClass.ROW_FAULT, Kind.PURCHASE).limit())
                .isEqualTo(new Limit(null, BigDecimal.TEN, 1_000));
        assertThat(rules.rule(ErrorClass.AMBIGUOUS, Kind.PURCHASE).limit())
                .isEqualTo(new Limit(7L, BigDecimal.ONE, 1_000));
    }

    @ParameterizedTest
    @EnumSource(ErrorClass.class)
    void knowEveryClass(ErrorClass errorClass) {
        Rules rules = PackagedRules.with();

        for (Kind kind : Kind.values()) {
            assertThat(rules.rule(errorClass, kind).action() == null).isEqualTo(errorClass.isLocal());
        }
    }
}
