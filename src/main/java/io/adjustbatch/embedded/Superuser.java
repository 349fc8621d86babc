package io.adjustbatch.embedded;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The one role of an embedded server. Its random password is kept in a file that only its owner can read, because every
 * user of the machine can reach the server's port.
 */
record Superuser(String name, String password) {

    private static final String NAME = "adjust_batch";

    /** Reads the password from the file. */
    static Superuser of(Path passwordFile) throws IOException {
        return new Superuser(NAME, Files.readString(passwordFile).strip());
    }

    /** Writes a new random password (128 bits) to the file, in place of any earlier one. */
    static Superuser create(Path passwordFile) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        try (FileChannel file = FileChannel.open(passwordFile, Set.of(CREATE_NEW, WRITE), ownerOnly(passwordFile))) {
            file.write(ByteBuffer.wrap(HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII)));
            file.force(true);
        }
        return of(passwordFile);
    }

    /** On Windows nothing: a file in the user's own profile is closed to others there. */
    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name;
    }
}
