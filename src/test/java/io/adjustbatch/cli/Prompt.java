package io.adjustbatch.cli;

import io.adjustbatch.Application;
import io.adjustbatch.sandbox.Sandbox;
import io.adjustbatch.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where commands are typed: runs them on one database, in this JVM, and keeps what the last one said. */
final class Prompt {

    private final TestDatabase database;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    Prompt(TestDatabase database) {
        this.database = database;
    }

    /** A command; its exit code. */
    int run(String... arguments) {
        return runOn(database.jdbcUrl(), database.username(), database.password(), arguments);
    }

    /** A run against a sandbox, with its reports below a directory. */
    int night(Sandbox sandbox, Path directory, String... settings) {
        return run(Stream.concat(
                        Stream.of(
                                "run",
                                "--adjust.token=any",
                                "--adjust.base-url=" + sandbox.baseUrl(),
                                "--report.directory=" + directory.resolve("reports")),
                        Stream.of(settings))
                .toArray(String[]::new));
    }

    /** A command with another standard output. */
    int run(PrintWriter output, String... arguments) {
        forget();
        return start(output, database.jdbcUrl(), database.username(), database.password(), arguments);
    }

    /** A command on another database. */
    int runOn(String url, String username, String password, String... arguments) {
        forget();
        return start(new PrintWriter(out, true), url, username, password, arguments);
    }

    private int start(PrintWriter output, String url, String username, String password, String... arguments) {
        Stream<String> settings = Stream.of(
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + username,
                "--spring.datasource.password=" + password);
        return Cli.run(
                Application.class,
                output,
                new PrintWriter(err, true),
                Stream.concat(Stream.of(arguments), settings).toArray(String[]::new));
    }

    /** What the last command wrote to standard output. */
    String out() {
        return out.toString();
    }

    /** What the last command wrote to standard error. */
    String err() {
        return err.toString();
    }

    private void forget() {
        out = new StringWriter();
        err = new StringWriter();
    }
}
