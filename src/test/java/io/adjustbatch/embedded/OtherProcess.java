package io.adjustbatch.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another JVM that uses an embedded database until it is told to close it, or is killed. */
final class OtherProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherProcess(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Returns when that process has started or joined the server. */
    static OtherProcess using(Path directory) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process process = new ProcessBuilder(List.of(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        OtherProcess other = new OtherProcess(process);
        other.awaitLine("using");
        return other;
    }

    /** Ends it as {@code kill -9} does: nothing in it gets to run. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Lets it close its database and exit. */
    void leave() throws IOException {
        process.getOutputStream().close();
        awaitLine("left");
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitLine(String expected) throws IOException {
        String line = output.readLine();
        while (line != null && !line.equals(expected)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the other process ended without saying '" + expected + "'");
        }
    }

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(Path.of(arguments[0]));
                BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            database.recreateDatabase("other");
            Rows.of(database, "other").insert(1);
            System.out.println("using");
            while (input.readLine() != null) {}
        }
        System.out.println("left");
    }
}
