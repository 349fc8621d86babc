package io.adjustbatch.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a program keeps a user's data, by the custom of the operating system (XDG Base Directory Specification; Apple's
 * File System Programming Guide; Windows known folders).
 *
 * @param environment the process's environment; {@code ADJUST_BATCH_HOME} wins over every custom
 * @param system {@code os.name}
 * @param userHome {@code user.home}
 */
record DefaultDirectory(Map<String, String> environment, String system, Path userHome) {

    private static final String NAME = "adjust-batch";

    static DefaultDirectory ofThisProcess() {
        return new DefaultDirectory(
                System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    Path path() {
        return variable("ADJUST_BATCH_HOME")
                .map(Path::toAbsolutePath)
                .orElseGet(() -> customaryParent().resolve(NAME));
    }

    private Path customaryParent() {
        if (system.startsWith("Mac")) {
            return userHome.resolve("Library").resolve("Application Support");
        }
        if (system.startsWith("Windows")) {
            return variable("LOCALAPPDATA")
                    .orElseGet(() -> userHome.resolve("AppData").resolve("Local"));
        }
        // the specification asks to ignore a relative path
        return variable("XDG_DATA_HOME")
                .filter(Path::isAbsolute)
                .orElseGet(() -> userHome.resolve(".local").resolve("share"));
    }

    private Optional<Path> variable(String name) {
        return Stream.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .findFirst();
    }
}
