package io.adjustbatch.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands at {@code adjust.policy.<class>} or {@code adjust.policy.<class>.<kind>}; null where nothing does.
 *
 * @param action what to do
 * @param attempts for {@code retry}: most attempts within a run, 2 to 100, default 4; for {@code defer}: most attempts in
 *     all, 1 to 100, default one more than there are waits
 * @param backoff for {@code retry}
 * @param deferral for {@code defer}: the waits, each at least 1 min, default 6 h, 24 h, 72 h, 168 h
 * @param mayCountTwice says that it is known that sending again may count a row twice
 * @param max halt past that many rows of the class in a run; at least 0
 * @param maxPercent halt past that share of a run's rows; above 0, below 100
 * @param minSample rows from which on the share counts; at least 1, default 1,000
 */
public record RuleSettings(
        @Nullable Action action,
        @Nullable Integer attempts,
        @Nullable BackoffSettings backoff,
        @Nullable List<Duration> deferral,
        @Nullable Boolean mayCountTwice,
        @Nullable Long max,
        @Nullable BigDecimal maxPercent,
        @Nullable Long minSample) {

    static final RuleSettings NONE = new RuleSettings(null, null, null, null, null, null, null, null);

    /** An empty list, as an empty setting gives, is none. */
    public RuleSettings {
        deferral = deferral == null || deferral.isEmpty() ? null : List.copyOf(deferral);
    }

    /**
     * The waits between the attempts of a row that is sent again.
     *
     * @param initial after the first attempt; at least 1 ms, default 1 s
     * @param multiplier of each wait after it; at least 1, default 2
     * @param maximum of a wait; at least {@code initial}, default 30 s
     * @param jitter share of a wait by which it is moved at random; 0 to 1, default 0.2
     */
    public record BackoffSettings(
            @Nullable Duration initial,
            @Nullable Double multiplier,
            @Nullable Duration maximum,
            @Nullable Double jitter) {

        Backoff backoff() {
            Duration first = initial == null ? Backoff.DEFAULT.initial() : initial;
            Duration most = Backoff.DEFAULT.maximum();
            return new Backoff(
                    first,
                    multiplier == null ? Backoff.DEFAULT.multiplier() : multiplier,
                    maximum == null && first.compareTo(most) > 0 ? first : maximum == null ? most : maximum,
                    jitter == null ? Backoff.DEFAULT.jitter() : jitter);
        }
    }

    /** These settings, and where one is absent that of the whole class. */
    RuleSettings over(RuleSettings ofClass) {
        return new RuleSettings(
                action == null ? ofClass.action : action,
                attempts == null ? ofClass.attempts : attempts,
                backoff == null ? ofClass.backoff : backoff,
                deferral == null ? ofClass.deferral : deferral,
                mayCountTwice == null ? ofClass.mayCountTwice : mayCountTwice,
                max == null ? ofClass.max : max,
                maxPercent == null ? ofClass.maxPercent : maxPercent,
                minSample == null ? ofClass.minSample : minSample);
    }

    /** Complete, once {@link RuleCheck} has found nothing wrong. What the action has no use for is without effect. */
    Rule rule() {
        List<Duration> waits = deferral == null ? Rule.DEFAULT_DEFERRAL : deferral;
        int most =
                attempts != null ? attempts : action == Action.DEFER ? waits.size() + 1 : Rule.DEFAULT_RETRY_ATTEMPTS;
        return new Rule(action, most, backoff == null ? Backoff.DEFAULT : backoff.backoff(), waits, limit());
    }

    /** Whether a limit stands here. */
    boolean sets(Limit.Bound bound) {
        return switch (bound) {
            case MAX -> max != null;
            case MAX_PERCENT -> maxPercent != null;
        };
    }

    private @Nullable Limit limit() {
        return max == null && maxPercent == null
                ? null
                : new Limit(max, maxPercent, minSample == null ? Limit.DEFAULT_MIN_SAMPLE : minSample);
    }
}
