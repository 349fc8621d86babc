package io.adjustbatch.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the application for a command, with the settings of the command line.
 *
 * <p>The only way from a command to Spring.
 */
final class Sessions {

    private final Class<?> application;
    private final List<String> settings;
    private @Nullable Surroundings surroundings;

    /** @param settings as {@code --key=value} */
    Sessions(Class<?> application, List<String> settings) {
        this.application = application;
        this.settings = settings;
    }

    /**
     * Starts the application.
     *
     * @throws RuntimeException if that fails, for {@link #explain(Throwable)} to explain; nothing is left running
     */
    Session open(Database database) {
        return open(database, Map.of());
    }

    /** As {@link #open(Database)}, with settings that win over all others but those of the command line. */
    Session open(Database database, Map<String, Object> fixedSettings) {
        Surroundings prepared = new Surroundings(database, fixedSettings);
        surroundings = prepared;
        silence();
        try {
            return new Session(start(prepared), prepared);
        } catch (RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    /**
     * Starts the application on the nightly database, for a command that means nothing without a ledger.
     *
     * @throws CommandFailure with code 2 if there is none yet
     */
    Session openWithLedger() {
        Session session = open(Database.NIGHTLY);
        try {
            session.requireLedger();
            return session;
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private ConfigurableApplicationContext start(Surroundings prepared) {
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                // signals are the commands' business (Interruption), and a hook would close beans under their feet
                .registerShutdownHook(false)
                .initializers(prepared)
                .run(settings.toArray(String[]::new));
    }

    /** Before the settings are read, their levels do not hold yet; a failure by then is for {@link #explain} as well. */
    private void silence() {
        LoggingSystem logging = LoggingSystem.get(application.getClassLoader());
        logging.setLogLevel("org.springframework.boot", LogLevel.OFF);
    }

    /** What the failure of a command means for a person and for a script. */
    Failure explain(Throwable failure) {
        return Failures.explain(failure, surroundings == null ? null : surroundings.environment());
    }
}
