package io.adjustbatch.testing;

import io.adjustbatch.job.PolicySettings;
import io.adjustbatch.policy.Rules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** The send policy's rules as {@code config/application.yml} has them, and what an operator makes of them. */
public final class PackagedRules {

    private PackagedRules() {}

    /** Settings win over the packaged ones; each in the form {@code row-fault.action=defer}, without its prefix. */
    public static Rules with(String... settings) {
        Map<String, Object> overrides = new HashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            overrides.put("adjust.policy." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        StandardEnvironment environment = new StandardEnvironment();
        try {
            new YamlPropertySourceLoader()
                    .load("defaults", new ClassPathResource("config/application.yml"))
                    .forEach(environment.getPropertySources()::addFirst);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.getPropertySources().addFirst(new MapPropertySource("operator", overrides));
        return PolicySettings.rules(environment);
    }
}
