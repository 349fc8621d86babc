package io.adjustbatch.audit.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.util.FileSystemUtils;

/**
 * A folder that is filled out of sight and then put in place whole. If the process dies, the place holds the former
 * folder or none, never a part; what a dead process left out of sight is swept away by the next one. Several processes
 * may fill the same place: the last to finish wins.
 */
final class ReportFolder implements AutoCloseable {

    private final Path place;
    private final Path unfinished;
    private final Path former;

    ReportFolder(Path place) throws IOException {
        this.place = place.toAbsolutePath();
        long process = ProcessHandle.current().pid();
        unfinished = hidden(".unfinished-" + process);
        former = hidden(".former-" + process);
        Files.createDirectories(this.place.getParent());
        sweep(".unfinished-");
        sweep(".former-");
        Files.createDirectory(unfinished);
    }

    /** Where to write the files. */
    Path path() {
        return unfinished;
    }

    /** Puts it in place, instead of the one there may be. */
    Path finish() throws IOException {
        withdraw();
        try {
            return Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(place)) {
                throw e;
            }
            FileSystemUtils.deleteRecursively(former); // another process was between the two
            withdraw();
            return Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Takes the folder that is in place away, if there is one. */
    void withdraw() throws IOException {
        if (Files.exists(place)) {
            Files.move(place, former, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Leaves nothing behind but what is in place. */
    @Override
    public void close() {
        try {
            FileSystemUtils.deleteRecursively(unfinished);
            FileSystemUtils.deleteRecursively(former);
        } catch (IOException e) {
            // what is in place is right all the same, and the next folder for it sweeps the rest away
        }
    }

    private Path hidden(String suffix) {
        return place.resolveSibling("." + place.getFileName() + suffix);
    }

    private void sweep(String suffix) throws IOException {
        String prefix = hidden(suffix).getFileName().toString();
        try (DirectoryStream<Path> left = Files.newDirectoryStream(place.getParent(), prefix + "*")) {
            for (Path folder : left) {
                String process = folder.getFileName().toString().substring(prefix.length());
                if (process.matches("[0-9]{1,18}") && isOver(Long.parseLong(process))) {
                    FileSystemUtils.deleteRecursively(folder);
                }
            }
        }
    }

    private static boolean isOver(long process) {
        return process == ProcessHandle.current().pid()
                || ProcessHandle.of(process).isEmpty();
    }
}
