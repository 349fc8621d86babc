package io.adjustbatch.audit.files;

import io.adjustbatch.audit.ReportFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A new file whose bytes are digested while they are written. For one thread. */
final class DigestedFile implements AutoCloseable {

    private final String name;
    private final FileChannel channel;
    private final MessageDigest digest = sha256();
    private final OutputStream bytes;

    /** @throws java.nio.file.FileAlreadyExistsException if the folder has such a file */
    DigestedFile(Path folder, String name) throws IOException {
        this.name = name;
        channel = FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        bytes = new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16);
    }

    OutputStream bytes() {
        return bytes;
    }

    /** Forces the file to the disk, so that it survives a power failure, and closes it. */
    ReportFile finish(long rows) throws IOException {
        bytes.flush();
        long size = channel.position();
        channel.force(true);
        channel.close();
        return new ReportFile(name, rows, size, HexFormat.of().formatHex(digest.digest()));
    }

    /** Gives an unfinished file up. */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
