package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ClassPathResource;

/**
 * What must be right before the first bean is made: the settings are known ones, and there is a database. The embedded
 * one is started where no other is configured, and lives until {@link #close()}.
 */
final class Surroundings implements ApplicationContextInitializer<ConfigurableApplicationContext>, AutoCloseable {

    /** The documented settings and their defaults, from {@code config/} by way of the pom. */
    static final ClassPathResource DEFAULTS = new ClassPathResource("config/application.yml");

    private final Database database;
    private final Map<String, Object> fixedSettings;
    private @Nullable Environment environment;
    private @Nullable EmbeddedDatabase embedded;

    Surroundings(Database database, Map<String, Object> fixedSettings) {
        this.database = database;
        this.fixedSettings = fixedSettings;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        ConfigurableEnvironment settings = context.getEnvironment();
        environment = settings;
        UnknownSettings.refuse(settings);
        if (database == Database.DEMO) {
            shutOut(settings.getPropertySources());
        }
        String url = settings.getProperty("spring.datasource.url", "");
        if (!url.isBlank() && !url.startsWith("jdbc:postgresql:")) {
            // not quoted, for it may hold a password
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "spring.datasource.url must have the form jdbc:postgresql://host:5432/database.\nNothing was done.");
        }
        if (database == Database.DEMO || url.isBlank()) {
            settings.getPropertySources().addFirst(new MapPropertySource("embeddedDatabase", startEmbedded()));
        }
    }

    /** Null until the settings are read. */
    @Nullable
    Environment environment() {
        return environment;
    }

    /** Stops the embedded database, if this started it and nobody else uses it. */
    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }

    private Map<String, Object> startEmbedded() {
        EmbeddedDatabase started = EmbeddedDatabase.start(EmbeddedDatabase.defaultDirectory());
        embedded = started;
        String url = database == Database.DEMO
                ? started.recreateDatabase(database.embeddedName())
                : started.jdbcUrl(database.embeddedName());
        return Map.of(
                "spring.datasource.url", url,
                "spring.datasource.username", started.username(),
                "spring.datasource.password", started.password());
    }

    /** Leaves nothing but the command line before the defaults: no file or variable may point the demo at real data. */
    private void shutOut(MutablePropertySources sources) {
        for (PropertySource<?> defaults : defaults()) {
            sources.addFirst(defaults);
        }
        sources.addFirst(new MapPropertySource("demo", new HashMap<>(fixedSettings)));
        PropertySource<?> commandLine = sources.remove(CommandLinePropertySource.COMMAND_LINE_PROPERTY_SOURCE_NAME);
        if (commandLine != null) {
            sources.addFirst(commandLine);
        }
    }

    private static Iterable<PropertySource<?>> defaults() {
        try {
            return new YamlPropertySourceLoader().load("packaged defaults", DEFAULTS);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar lacks its config/application.yml", e);
        }
    }
}
