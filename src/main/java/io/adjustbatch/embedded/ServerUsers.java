package io.adjustbatch.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The processes that use one server: the first starts it, the last stops it.
 *
 * <p>Kept as locks on one file, which the operating system drops when a process ends, however it dies. The first byte is
 * locked while the server is being started or stopped, the second is shared by all who use it. A process may open a
 * file only once: closing any channel of it drops all the locks of that process (POSIX, fcntl).
 */
final class ServerUsers {

    /** Finds or starts the server and gives its port. */
    interface Start {
        int port() throws IOException;
    }

    /** Stops the server. */
    interface Stop {
        void run() throws IOException;
    }

    private final FileChannel file;
    private @Nullable FileLock use;

    private ServerUsers(FileChannel file) {
        this.file = file;
    }

    static ServerUsers of(Path lockFile) throws IOException {
        return new ServerUsers(FileChannel.open(lockFile, CREATE, READ, WRITE));
    }

    /**
     * Becomes a user; waits while another process starts or stops the server.
     *
     * @param start runs in one process at a time
     * @return what it gave
     */
    int join(Start start) throws IOException {
        FileLock change = lockForChange();
        try {
            int port = start.port();
            use = file.lock(1, 1, true);
            return port;
        } finally {
            change.release();
            if (use == null) {
                file.close();
            }
        }
    }

    /** Is a user no longer; runs {@code stop} if no other is left. */
    void leave(Stop stop) throws IOException {
        try (file) {
            lockForChange();
            if (use != null) {
                use.release();
            }
            if (file.tryLock(1, 1, false) != null) {
                stop.run();
            }
        }
    }

    private FileLock lockForChange() throws IOException {
        return file.lock(0, 1, false);
    }
}
