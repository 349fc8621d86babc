package io.adjustbatch.fault;

import io.adjustbatch.Application;
import io.adjustbatch.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The classes of a first run that sends nothing, kept for all processes after it: they need a third less of the processor to
 * start. It takes class files from jars alone, so our own are put into one.
 */
final class ClassArchive {

    private static final Path DIRECTORY = temporaryDirectory();
    private static final String CLASS_PATH = classPath();
    private static final List<String> OPTIONS = List.of("-cp", CLASS_PATH, "-XX:SharedArchiveFile=" + archive());

    private ClassArchive() {}

    /** What a process of ours is started with; without effect on what it does. */
    static List<String> options() {
        return OPTIONS;
    }

    private static Path archive() {
        Path archive = DIRECTORY.resolve("classes.jsa");
        try (TestDatabase database = TestDatabase.create();
                CountingAdjust adjust = new CountingAdjust(0)) {
            BatchProcess run = BatchProcess.start(
                    List.of("-cp", CLASS_PATH, "-XX:ArchiveClassesAtExit=" + archive),
                    BatchProcess.Address.of(database),
                    adjust.url(),
                    DIRECTORY,
                    List.of("run"));
            if (run.exitCode() != 0) {
                throw new IllegalStateException(run.output());
            }
            return archive;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String classPath() {
        try {
            Path classes = Path.of(Application.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path jar = DIRECTORY.resolve("application.jar");
            ToolProvider.findFirst("jar")
                    .orElseThrow()
                    .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
            return Stream.concat(
                            Stream.of(jar.toString()),
                            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                                    .filter(entry -> entry.endsWith(".jar")))
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("adjust-batch-classes");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(directory.toFile())));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
