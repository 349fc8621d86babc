package io.adjustbatch.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.lang3.SystemUtils;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL's own programs ({@code initdb}, {@code pg_ctl}), unpacked from the jar below a directory of the user.
 *
 * <p>They are run directly rather than through zonky's {@code EmbeddedPostgres}, which is made for tests: there the
 * server belongs to one JVM, knows no password, and says in its log alone why it did not start.
 */
final class PostgresPrograms {

    private static final int LINES_TO_QUOTE = 12;

    private final Path directory;
    private final Path output;
    private final Path serverLog;

    private PostgresPrograms(Path directory, Path output, Path serverLog) {
        this.directory = directory;
        this.output = output;
        this.serverLog = serverLog;
    }

    /**
     * Unpacks the programs unless that was done before. A crash leaves nothing that would be taken for complete.
     *
     * @param serverLog what the server prints, quoted when a program fails
     * @throws EmbeddedDatabaseException if the jar has none for this operating system and processor
     */
    static PostgresPrograms below(Path home, Path serverLog) throws IOException {
        byte[] archive = archiveForThisHost();
        CRC32 version = new CRC32();
        version.update(archive);
        Path target = home.resolve("postgresql-%08x".formatted(version.getValue()));
        if (!Files.exists(target)) {
            Path incomplete = home.resolve("postgresql.incomplete");
            FileSystemUtils.deleteRecursively(incomplete);
            unpack(archive, Files.createDirectory(incomplete));
            Files.move(incomplete, target);
        }
        return new PostgresPrograms(target, home.resolve("command.log"), serverLog);
    }

    /**
     * Runs a program to its end.
     *
     * @throws EmbeddedDatabaseException if it cannot be run or fails, with what it printed
     */
    String run(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses root; a user namespace of its own takes the name away and leaves the files accessible
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        int exitCode = execute(command);
        String printed = Files.readString(output).strip();
        if (exitCode != 0) {
            throw failure(program, printed);
        }
        return printed;
    }

    private int execute(List<String> command) throws IOException {
        // a file, not a pipe: on Windows the server inherits a pipe, which then never ends
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        try {
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException(
                    "Cannot run PostgreSQL's programs: %s.".formatted(e.getMessage()),
                    "use a host with the C library of this build (Alpine Linux has another)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while PostgreSQL started or stopped.", "try again", e);
        }
    }

    private EmbeddedDatabaseException failure(String program, String printed) throws IOException {
        String logged = Files.exists(serverLog) ? Files.readString(serverLog) : "";
        return new EmbeddedDatabaseException(
                "PostgreSQL's %s failed:%n%s".formatted(program, lastLines(printed + "\n" + logged)),
                remedyFor(printed),
                null);
    }

    static String remedyFor(String printed) {
        return printed.contains("cannot be run as root")
                ? "run as an ordinary user (docker run --user), since this host does not let root use `unshare -U`"
                : "mend what it says and try again";
    }

    private static String lastLines(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TO_QUOTE), lines.size()));
    }

    private static byte[] archiveForThisHost() throws IOException {
        String system = SystemUtils.IS_OS_MAC ? "Darwin" : SystemUtils.IS_OS_WINDOWS ? "Windows" : SystemUtils.OS_NAME;
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, SystemUtils.OS_ARCH)) {
            return archive.readAllBytes();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new EmbeddedDatabaseException(
                    "This jar holds no PostgreSQL for %s on %s.".formatted(SystemUtils.OS_NAME, SystemUtils.OS_ARCH),
                    "build it on such a host",
                    e);
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        FileUtils.forceMkdirParent(file.toFile());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file);
        }
        if (entry.getName().startsWith("bin/") && !file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }
}
