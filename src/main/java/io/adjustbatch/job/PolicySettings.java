package io.adjustbatch.job;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.policy.RuleSettings;
import io.adjustbatch.policy.Rules;
import io.adjustbatch.warehouse.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/** Reads {@code adjust.policy}. */
public final class PolicySettings {

    private static final Bindable<RuleSettings> RULE = Bindable.of(RuleSettings.class);

    private static final List<String> KEYS = List.of(
            "action",
            "attempts",
            "backoff.initial",
            "backoff.multiplier",
            "backoff.maximum",
            "backoff.jitter",
            "deferral",
            "may-count-twice",
            "max",
            "max-percent",
            "min-sample");

    private PolicySettings() {}

    /** Every key that there is. */
    public static Stream<ConfigurationPropertyName> keys() {
        return Arrays.stream(ErrorClass.values())
                .flatMap(errorClass -> Stream.concat(Stream.of((Kind) null), Arrays.stream(Kind.values()))
                        .map(kind -> Rules.key(errorClass, kind)))
                .flatMap(rule -> KEYS.stream().map(key -> ConfigurationPropertyName.of(rule + "." + key)));
    }

    /** Whether there is such a key; an element of the list {@code deferral} belongs to it. */
    public static boolean isKnown(ConfigurationPropertyName name) {
        ConfigurationPropertyName key = name.isLastElementIndexed() ? name.getParent() : name;
        return keys().anyMatch(key::equals);
    }

    /**
     * The rules as the settings have them.
     *
     * @throws io.adjustbatch.policy.UnfitPolicyException if they cannot be as they are
     * @throws org.springframework.boot.context.properties.bind.BindException if a value is none of its kind
     */
    public static Rules rules(Environment environment) {
        Binder binder = Binder.get(environment);
        return Rules.of((errorClass, kind) -> Objects.requireNonNull(
                binder.bindOrCreate(Rules.key(errorClass, kind), RULE), "a record is always created"));
    }
}
