package io.adjustbatch.fault;

import io.adjustbatch.Application;
import io.adjustbatch.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A command of ours as a process of its own, which can be killed. */
final class BatchProcess {

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Process process;
    private final Path output;

    private BatchProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Where the database is. */
    record Address(String jdbcUrl, String username, String password) {

        static Address of(TestDatabase database) {
            return new Address(database.jdbcUrl(), database.username(), database.password());
        }
    }

    /**
     * Starts a command.
     *
     * @param directory working directory; reports and the output go there
     * @param settings as {@code --key=value}
     */
    static BatchProcess start(
            Address database, CountingAdjust adjust, Path directory, String command, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(settings));
        return start(ClassArchive.options(), database, adjust.url(), directory, arguments);
    }

    /**
     * Starts a command.
     *
     * @param java options of the virtual machine, the class path among them
     * @param arguments the command first
     */
    static BatchProcess start(
            List<String> java, Address database, String adjustUrl, Path directory, List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto"));
        line.addAll(java);
        line.add(Application.class.getName());
        line.addAll(arguments);
        line.addAll(List.of(
                "--adjust.base-url=" + adjustUrl,
                "--adjust.token=test-token",
                "--adjust.reference-parameter=" + CountingAdjust.REFERENCE,
                "--spring.datasource.url=" + database.jdbcUrl,
                "--spring.datasource.username=" + database.username,
                "--spring.datasource.password=" + database.password));
        try {
            Path output = directory.resolve("process-" + NUMBER.incrementAndGet() + ".txt");
            Process process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new BatchProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it as a power failure would: SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Asks it to end: SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Waits for that long; whether it has ended by then. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!endsWithin(LONGEST)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process did not end:\n" + output());
        }
        return process.exitValue();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
