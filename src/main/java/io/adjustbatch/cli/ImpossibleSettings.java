package io.adjustbatch.cli;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.NestedExceptionUtils;

/** Says which setting has an impossible value, where it stands, and what would be possible. */
final class ImpossibleSettings {

    private static final Set<String> SECRET_WORDS = Set.of("token", "password", "secret", "key");

    private ImpossibleSettings() {}

    /** One or two sentences, without the value if it is a secret. */
    static String explain(BindException failure) {
        ConfigurationProperty property = failure.getProperty();
        String where = property == null ? "" : " (" + Origins.words(property) + ")";
        String refusal = refusal(failure);
        if (property == null || refusal.startsWith(property.getName().toString())) {
            return "%s%s.%nNothing was done.".formatted(refusal, where);
        }
        String key = property.getName().toString();
        return "%s = %s is impossible%s: %s.%nNothing was done."
                .formatted(key, shown(key, property.getValue()), where, allowed(failure, refusal));
    }

    /** What the record says about it, which begins with the key; else what the conversion says. */
    private static String refusal(BindException failure) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof IllegalArgumentException && cause.getMessage() != null)) {
            cause = cause.getCause();
        }
        return String.valueOf(
                (cause == null ? NestedExceptionUtils.getMostSpecificCause(failure) : cause).getMessage());
    }

    private static String shown(String key, Object value) {
        return SECRET_WORDS.stream().anyMatch(key::contains) ? "(not shown)" : "\"" + value + "\"";
    }

    private static String allowed(BindException failure, String otherwise) {
        Class<?> type = failure.getTarget().getType().resolve(Object.class);
        if (type.isEnum()) {
            return "allowed are "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant ->
                                    constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                            .collect(Collectors.joining(", "));
        }
        if (type == Duration.class) {
            return "write a duration such as 500ms, 30s, 15m, 6h or 2d";
        }
        if (type == int.class || type == long.class) {
            return "write a whole number";
        }
        if (type == boolean.class) {
            return "write true or false";
        }
        if (type == URI.class) {
            return "write an address such as https://s2s.adjust.com";
        }
        return otherwise;
    }
}
