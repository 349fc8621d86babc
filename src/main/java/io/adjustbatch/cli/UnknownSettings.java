package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.job.PolicySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Refuses settings that nothing reads: a misspelt limit that silently keeps its default is found when it is too late.
 *
 * <p>Known are the keys of the packaged {@code config/application.yml}. Looked at are files, the command line and system
 * properties; the environment is not, since names there belong to everybody.
 */
final class UnknownSettings {

    private static final List<ConfigurationPropertyName> OURS = Stream.of(
                    "adjust", "warehouse", "privacy", "report", "lock")
            .map(ConfigurationPropertyName::of)
            .toList();

    /** More changed letters than this are another word, not a misspelling. */
    private static final int MOST_CHANGES = 3;

    private final List<ConfigurationPropertyName> known;

    private UnknownSettings(List<ConfigurationPropertyName> known) {
        this.known = known;
    }

    /**
     * Checks all settings of the environment.
     *
     * @throws CommandFailure with code 2 and every unknown setting, where it stands and what it may have meant
     */
    static void refuse(ConfigurableEnvironment environment) {
        Set<String> problems = new UnknownSettings(documented()).problems(environment);
        if (!problems.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    String.join("\n", problems) + "\nNothing was done. config/application.yml lists every setting.");
        }
    }

    private static List<ConfigurationPropertyName> documented() {
        try {
            return new YamlPropertySourceLoader()
                    .load("defaults", Surroundings.DEFAULTS).stream()
                            .flatMap(source -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
                            .map(name -> ConfigurationPropertyName.adapt(name, '.'))
                            .filter(UnknownSettings::isOurs)
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The jar lacks its config/application.yml", e);
        }
    }

    private Set<String> problems(ConfigurableEnvironment environment) {
        Set<String> problems = new TreeSet<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource listed && isChecked(listed)) {
                listed.stream()
                        .filter(UnknownSettings::isOurs)
                        .filter(name -> !isKnown(name))
                        .forEach(name -> problems.add(problem(name, listed.getConfigurationProperty(name))));
            }
        }
        return problems;
    }

    private static boolean isChecked(ConfigurationPropertySource source) {
        return !(source.getUnderlyingSource() instanceof PropertySource<?> underlying
                && underlying.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME));
    }

    private static boolean isOurs(ConfigurationPropertyName name) {
        return OURS.stream().anyMatch(prefix -> prefix.isAncestorOf(name) || prefix.equals(name));
    }

    private boolean isKnown(ConfigurationPropertyName name) {
        return known.contains(name) || isTokenOfApp(name) || PolicySettings.isKnown(name);
    }

    /** {@code adjust.apps.<app_token>.token}, the one place where a key is the operator's own. */
    private static boolean isTokenOfApp(ConfigurationPropertyName name) {
        return name.getNumberOfElements() == 4
                && ConfigurationPropertyName.of("adjust.apps").isAncestorOf(name)
                && name.getLastElement(ConfigurationPropertyName.Form.UNIFORM).equals("token");
    }

    private String problem(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        String where = property == null ? "" : " (" + Origins.words(property) + ")";
        return "Unknown setting %s%s.%s"
                .formatted(
                        name,
                        where,
                        nearest(name).map(" Did you mean %s?"::formatted).orElse(""));
    }

    private Optional<String> nearest(ConfigurationPropertyName name) {
        LevenshteinDistance distance = new LevenshteinDistance(MOST_CHANGES);
        return Stream.concat(known.stream(), PolicySettings.keys())
                .map(ConfigurationPropertyName::toString)
                .filter(candidate -> distance.apply(candidate, name.toString()) >= 0) // -1: more changes than that
                .min(Comparator.comparingInt(candidate -> distance.apply(candidate, name.toString())));
    }
}
