package io.adjustbatch.policy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rule of every class for every kind, as {@code adjust.policy} in {@code config/application.yml} has them. Immutable;
 * threads may share it.
 */
public final class Rules {

    /** Where the settings stand. */
    public static final String PREFIX = "adjust.policy";

    private final Map<ErrorClass, Map<Kind, Rule>> rules = new EnumMap<>(ErrorClass.class);

    /** The limits that a kind has for itself, by name. */
    private final Set<String> limitsOfKinds = new HashSet<>();

    private Rules() {}

    /** Gives the settings of a class; of one kind, or of all if the kind is null. */
    @FunctionalInterface
    public interface Source {
        RuleSettings settings(ErrorClass errorClass, @Nullable Kind kind);
    }

    /**
     * Completes and checks the settings.
     *
     * @throws UnfitPolicyException with every problem
     */
    public static Rules of(Source source) {
        Rules rules = new Rules();
        Set<String> problems = new LinkedHashSet<>();
        for (ErrorClass errorClass : ErrorClass.values()) {
            rules.add(errorClass, source, problems);
        }
        if (!problems.isEmpty()) {
            throw new UnfitPolicyException(List.copyOf(problems));
        }
        return rules;
    }

    private void add(ErrorClass errorClass, Source source, Set<String> problems) {
        RuleSettings ofClass = source.settings(errorClass, null);
        RuleCheck check = new RuleCheck(errorClass);
        Map<Kind, RuleSettings> effective = new EnumMap<>(Kind.class);
        List<String> found = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            RuleSettings ofKind = source.settings(errorClass, kind);
            RuleSettings both = ofKind.over(ofClass);
            effective.put(kind, both);
            addLimits(errorClass, kind, ofKind);
            found.addAll(check.problems(key(errorClass, kind), ofKind, List.of(both)));
        }
        found.addAll(0, check.problems(key(errorClass, null), ofClass, List.copyOf(effective.values())));
        if (ofClass.action() == null && !errorClass.isLocal()) {
            found.add(key(errorClass, null) + ".action must be set");
        }
        if (found.isEmpty()) {
            effective.forEach((kind, settings) -> found.addAll(check.doubling(key(errorClass, null), kind, settings)));
        }
        problems.addAll(found);
        if (found.isEmpty()) {
            Map<Kind, Rule> byKind = new EnumMap<>(Kind.class);
            effective.forEach((kind, settings) -> byKind.put(kind, settings.rule()));
            rules.put(errorClass, byKind);
        }
    }

    private void addLimits(ErrorClass errorClass, Kind kind, RuleSettings ofKind) {
        Stream.of(Limit.Bound.values())
                .filter(ofKind::sets)
                .forEach(bound -> limitsOfKinds.add(key(errorClass, kind) + "." + bound.key()));
    }

    /** The name of the setting that limits a class of a kind: the kind's own, or that of the whole class. */
    String setting(ErrorClass errorClass, Kind kind, Limit.Bound bound) {
        String ofKind = key(errorClass, kind) + "." + bound.key();
        return limitsOfKinds.contains(ofKind) ? ofKind : key(errorClass, null) + "." + bound.key();
    }

    /** The rule of a class for rows of a kind. */
    public Rule rule(ErrorClass errorClass, Kind kind) {
        return Objects.requireNonNull(
                Objects.requireNonNull(rules.get(errorClass)).get(kind));
    }

    /** All limits that there are, in the order of class and kind. */
    public List<ClassLimit> limits() {
        List<ClassLimit> limits = new ArrayList<>();
        rules.forEach((errorClass, byKind) -> byKind.forEach((kind, rule) -> {
            if (rule.limit() != null) {
                limits.add(new ClassLimit(errorClass, kind, rule.limit()));
            }
        }));
        return limits;
    }

    /** Such as {@code adjust.policy.row-fault} or {@code adjust.policy.row-fault.ad-revenue}. */
    public static String key(ErrorClass errorClass, @Nullable Kind kind) {
        String ofClass = PREFIX + "." + dashed(errorClass.name());
        return kind == null ? ofClass : ofClass + "." + dashed(kind.key());
    }

    private static String dashed(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All that they say, by which two runs can be told to have had the same. */
    @Override
    public String toString() {
        return rules.toString();
    }
}
