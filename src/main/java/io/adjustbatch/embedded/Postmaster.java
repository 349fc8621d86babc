package io.adjustbatch.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The server process, as it describes itself in {@code postmaster.pid} (PostgreSQL manual, "Database File Layout").
 *
 * @param port where it listens; 0 while it has not said so yet
 */
record Postmaster(long pid, int port) {

    /** Reads the file; empty if there is none, or one that a power failure left without content. */
    static Optional<Postmaster> of(Path data) throws IOException {
        Path file = file(data);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() ? Optional.empty() : Optional.of(of(lines));
    }

    private static Postmaster of(List<String> lines) {
        int port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
        return new Postmaster(Long.parseLong(lines.get(0).strip()), port);
    }

    /**
     * Whether the process is alive and a PostgreSQL of ours. After a restart of the host or container its number may
     * belong to any other process, which PostgreSQL itself would take for a running server.
     *
     * @param home directory that the server's programs lie in
     */
    boolean runs(Path home) {
        return ProcessHandle.of(pid)
                .filter(process -> process.info()
                        .command()
                        .map(command -> Path.of(command).startsWith(home))
                        .orElse(true))
                .isPresent();
    }

    /** Removes the file of a process that runs no longer. */
    static void forget(Path data) throws IOException {
        Files.deleteIfExists(file(data));
    }

    private static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }
}
