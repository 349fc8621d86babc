package io.adjustbatch.policy;

import static io.adjustbatch.policy.Action.ACCEPT;
import static io.adjustbatch.policy.Action.DEFER;
import static io.adjustbatch.policy.Action.HALT_APP;
import static io.adjustbatch.policy.Action.HALT_ENDPOINT;
import static io.adjustbatch.policy.Action.HALT_EVENT_TOKEN;
import static io.adjustbatch.policy.Action.HALT_RUN;
import static io.adjustbatch.policy.Action.IN_DOUBT;
import static io.adjustbatch.policy.Action.REJECT;
import static io.adjustbatch.policy.Action.RETRY;
import static io.adjustbatch.policy.Action.SUPPRESS;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds what in the settings of one class cannot be, cannot work together, or can never have an effect. */
final class RuleCheck {

    private static final int MOST_ATTEMPTS = 100;
    private static final Duration SHORTEST_DEFERRAL = Duration.ofMinutes(1);

    private final ErrorClass errorClass;
    private final List<String> problems = new ArrayList<>();

    RuleCheck(ErrorClass errorClass) {
        this.errorClass = errorClass;
    }

    /** What an operator may have done about a class: never what would lose, double or burn rows without a word. */
    static Set<Action> allowed(ErrorClass errorClass) {
        return switch (errorClass) {
            case DELIVERED -> EnumSet.of(ACCEPT);
            case DUPLICATE -> EnumSet.of(Action.DUPLICATE, REJECT);
            case ROW_FAULT -> EnumSet.of(REJECT, DEFER, HALT_EVENT_TOKEN, HALT_APP, HALT_ENDPOINT, HALT_RUN);
            case EVENT_TOKEN_FAULT, APP_FAULT ->
                EnumSet.of(HALT_EVENT_TOKEN, HALT_APP, HALT_ENDPOINT, HALT_RUN, DEFER, REJECT);
            case AUTH_FAULT -> EnumSet.of(HALT_APP, HALT_ENDPOINT, HALT_RUN);
            case UNRECOGNIZED, SERVER_ERROR -> EnumSet.of(RETRY, DEFER, IN_DOUBT, HALT_ENDPOINT, HALT_RUN);
            case DEVICE_UNKNOWN -> EnumSet.of(DEFER, REJECT, RETRY);
            case OPTED_OUT -> EnumSet.of(SUPPRESS);
            case THROTTLED, UNAVAILABLE -> EnumSet.of(RETRY, DEFER, HALT_ENDPOINT, HALT_RUN);
            case AMBIGUOUS -> EnumSet.of(IN_DOUBT, RETRY, DEFER);
            case INVALID_ROW, TOO_OLD, REPEATED_TRANSACTION, SUPPRESSED_LOCALLY, NOT_YET_DUE ->
                EnumSet.noneOf(Action.class);
        };
    }

    /** Whether rows of the class are counted against a limit. */
    static boolean isLimited(ErrorClass errorClass) {
        return switch (errorClass) {
            case DELIVERED, REPEATED_TRANSACTION, SUPPRESSED_LOCALLY, NOT_YET_DUE -> false;
            default -> true;
        };
    }

    /**
     * Sentences that begin with the key; none if all is well.
     *
     * @param key where the settings stand, without a dot at its end
     * @param settings what stands there
     * @param effective what they come to for each kind that they concern
     */
    List<String> problems(String key, RuleSettings settings, List<RuleSettings> effective) {
        problems.clear();
        Set<Action> actions = effective.stream()
                .map(RuleSettings::action)
                .filter(action -> action != null)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Action.class)));
        checkAction(key, settings.action());
        if (problems.isEmpty()) {
            checkUse(key, settings, actions);
            checkValues(key, settings, actions);
            checkLimit(key, settings);
        }
        return List.copyOf(problems);
    }

    private void checkAction(String key, @Nullable Action action) {
        Set<Action> allowed = allowed(errorClass);
        if (action != null && !allowed.contains(action)) {
            problems.add(
                    allowed.isEmpty()
                            ? key
                                    + ".action: what is found before sending has no action; max, max-percent and min-sample"
                                    + " are possible"
                            : "%s.action = %s is impossible: allowed are %s"
                                    .formatted(key, word(action), words(allowed)));
        }
    }

    private void checkUse(String key, RuleSettings settings, Set<Action> actions) {
        require(settings.backoff() == null || actions.contains(RETRY), key + ".backoff is only for action retry");
        require(settings.deferral() == null || actions.contains(DEFER), key + ".deferral is only for action defer");
        require(
                settings.attempts() == null || actions.contains(RETRY) || actions.contains(DEFER),
                key + ".attempts is only for the actions retry and defer");
        require(
                settings.mayCountTwice() == null || (errorClass == ErrorClass.AMBIGUOUS),
                key + ".may-count-twice is only for the class ambiguous");
    }

    private void checkValues(String key, RuleSettings settings, Set<Action> actions) {
        Integer attempts = settings.attempts();
        if (attempts != null) {
            int least = actions.contains(RETRY) ? 2 : 1;
            require(
                    attempts >= least && attempts <= MOST_ATTEMPTS,
                    "%s.attempts must be from %d to %d, but is %d".formatted(key, least, MOST_ATTEMPTS, attempts));
        }
        if (settings.deferral() != null) {
            require(
                    settings.deferral().stream().allMatch(wait -> wait.compareTo(SHORTEST_DEFERRAL) >= 0),
                    key + ".deferral: every wait must be at least 1m");
        }
        if (settings.backoff() != null) {
            try {
                settings.backoff().backoff();
            } catch (IllegalArgumentException e) {
                problems.add(key + ".backoff." + e.getMessage());
            }
        }
    }

    private void checkLimit(String key, RuleSettings settings) {
        Long max = settings.max();
        BigDecimal percent = settings.maxPercent();
        Long sample = settings.minSample();
        boolean given = max != null || percent != null || sample != null;
        require(!given || isLimited(errorClass), key + ": a limit of this class can never be reached");
        require(max == null || max >= 0, key + ".max must be at least 0, but is " + max);
        require(
                percent == null || (percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) < 0),
                key + ".max-percent must be above 0 and below 100, or it can never be reached, but is " + percent);
        require(sample == null || sample >= 1, key + ".min-sample must be at least 1, but is " + sample);
    }

    /** Sending again what Adjust may have counted: only sessions may be, for their interval rule protects them. */
    List<String> doubling(String key, Kind kind, RuleSettings effective) {
        boolean again = effective.action() != null && effective.action().sendsAgain();
        if (errorClass != ErrorClass.AMBIGUOUS
                || kind == Kind.SESSION
                || !again
                || Boolean.TRUE.equals(effective.mayCountTwice())) {
            return List.of();
        }
        return List.of(
                "%s.action = %s sends rows of kind %s again that Adjust may have counted: if that is wanted, set %s.may-count-twice to true"
                        .formatted(key, word(effective.action()), kind.key(), key));
    }

    private void require(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }

    private static String words(Set<Action> actions) {
        return actions.stream().map(RuleCheck::word).collect(Collectors.joining(", "));
    }

    private static String word(@Nullable Action action) {
        return action == null ? "" : action.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
