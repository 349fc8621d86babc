package io.adjustbatch;

import io.adjustbatch.cli.Cli;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/**
 * The entry point: hands the command line to {@code cli} and exits with its code.
 *
 * <p>Boot's own Flyway start is excluded: the schemas are brought up to date by the commands that need it, not by
 * whatever starts the application.
 */
@SpringBootApplication(exclude = FlywayAutoConfiguration.class)
public class Application {

    public static void main(String[] args) {
        System.exit(Cli.run(Application.class, args));
    }
}
