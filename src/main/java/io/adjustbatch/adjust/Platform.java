package io.adjustbatch.adjust;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two families of devices whose identifiers must not be mixed up, and all the rest. */
enum Platform {
    APPLE("Apple's platforms"),
    ANDROID("Android"),
    OTHER("other platforms");

    private static final Set<String> OS_NAMES = Set.of(
            "android",
            "android-tv",
            "apple-tv",
            "bada",
            "blackberry",
            "fire-tv",
            "ios",
            "linux",
            "macos",
            "nintendo",
            "playstation",
            "roku-os",
            "server",
            "smart-cast",
            "steamos",
            "symbian",
            "tizen",
            "unknown",
            "webos",
            "windows",
            "windows-phone",
            "xbox");

    private final String description;

    Platform(String description) {
        this.description = description;
    }

    /** Whether Adjust lists this {@code os_name} (dev.adjust.com, "S2S developer guide"). */
    static boolean isListed(String osName) {
        return OS_NAMES.contains(osName);
    }

    /** The family of an {@code os_name}; {@link #OTHER} for null. */
    static Platform of(@Nullable String osName) {
        return switch (osName == null ? "" : osName) {
            case "ios", "apple-tv", "macos" -> APPLE;
            case "android", "android-tv", "fire-tv" -> ANDROID;
            default -> OTHER;
        };
    }

    /** Whether a device of this family can have that one's identifiers: only a known contradiction says no. */
    boolean canHave(Platform identifiers) {
        return this == identifiers || this == OTHER || identifiers == OTHER;
    }

    /** For people. */
    String description() {
        return description;
    }
}
