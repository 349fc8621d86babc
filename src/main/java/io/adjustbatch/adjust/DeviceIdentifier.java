package io.adjustbatch.adjust;

import static io.adjustbatch.adjust.DeviceIdentifier.Letters.AS_IS;
import static io.adjustbatch.adjust.DeviceIdentifier.Letters.LOWER;
import static io.adjustbatch.adjust.DeviceIdentifier.Letters.UPPER;
import static io.adjustbatch.adjust.IdentifierShape.DIGEST_32;
import static io.adjustbatch.adjust.IdentifierShape.DIGEST_40;
import static io.adjustbatch.adjust.IdentifierShape.IMEI_DIGITS;
import static io.adjustbatch.adjust.IdentifierShape.MEID_DIGITS;
import static io.adjustbatch.adjust.IdentifierShape.SHORT_HEX;
import static io.adjustbatch.adjust.IdentifierShape.TEXT;
import static io.adjustbatch.adjust.IdentifierShape.UUID;
import static io.adjustbatch.adjust.Platform.ANDROID;
import static io.adjustbatch.adjust.Platform.APPLE;
import static io.adjustbatch.adjust.Platform.OTHER;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters by which Adjust finds a device (dev.adjust.com, "Server-to-server API", "Device identifiers"), the
 * platform each belongs to, and how it is written. Letters are brought into the case that Adjust documents; where it
 * documents none, they stay.
 */
enum DeviceIdentifier {
    IDFA(APPLE, UUID, UPPER),
    GPS_ADID(ANDROID, UUID, LOWER),
    FIRE_ADID(ANDROID, UUID, LOWER),
    /** A UUID with Huawei; other makers use other forms. */
    OAID(ANDROID, TEXT, AS_IS),
    WEB_UUID(OTHER, UUID, AS_IS),
    ADID(OTHER, DIGEST_32, LOWER),
    IDFV(APPLE, UUID, UPPER),
    ANDROID_ID(ANDROID, SHORT_HEX, LOWER),
    ANDROID_ID_LOWER_MD5(ANDROID, DIGEST_32, AS_IS),
    ANDROID_ID_LOWER_SHA1(ANDROID, DIGEST_40, AS_IS),
    ANDROID_ID_UPPER_MD5(ANDROID, DIGEST_32, AS_IS),
    ANDROID_ID_UPPER_SHA1(ANDROID, DIGEST_40, AS_IS),
    IMEI(ANDROID, IMEI_DIGITS, AS_IS),
    IMEI_LOWER_MD5(ANDROID, DIGEST_32, AS_IS),
    MEID(ANDROID, MEID_DIGITS, UPPER),
    GOOGLE_APP_SET_ID(ANDROID, UUID, AS_IS),
    PRIMARY_DEDUPE_TOKEN(APPLE, UUID, LOWER),
    PERSISTENT_IOS_UUID(APPLE, UUID, LOWER),
    WIN_NAID(OTHER, TEXT, LOWER),
    WIN_HWID(OTHER, TEXT, AS_IS),
    WIN_ADID(OTHER, DIGEST_32, AS_IS),
    VIDA(OTHER, UUID, AS_IS),
    RIDA(OTHER, UUID, AS_IS),
    TIFA(OTHER, UUID, AS_IS),
    EXTERNAL_DEVICE_ID(OTHER, TEXT, AS_IS);

    private static final Map<String, DeviceIdentifier> BY_PARAMETER = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(DeviceIdentifier::parameter, Function.identity()));

    private final String parameter = name().toLowerCase(Locale.ROOT);
    private final Platform platform;
    private final IdentifierShape shape;
    private final Letters letters;

    DeviceIdentifier(Platform platform, IdentifierShape shape, Letters letters) {
        this.platform = platform;
        this.shape = shape;
        this.letters = letters;
    }

    /** The identifier of that parameter; null if the parameter is none. */
    static @Nullable DeviceIdentifier of(String parameter) {
        return BY_PARAMETER.get(parameter);
    }

    /** Adjust's name for it. */
    String parameter() {
        return parameter;
    }

    /** Where it comes from; {@link Platform#OTHER} if that is not just one. */
    Platform platform() {
        return platform;
    }

    /** Whether a value, blanks around it taken away, has this identifier's form; letters may be of either case. */
    boolean isWellFormed(String value) {
        return shape.holds(value);
    }

    /** Its form, for people: "must be …". */
    String form() {
        return shape.description();
    }

    /** A well-formed value in the case of letters that Adjust documents. */
    String normalize(String value) {
        return switch (letters) {
            case UPPER -> value.toUpperCase(Locale.ROOT);
            case LOWER -> value.toLowerCase(Locale.ROOT);
            case AS_IS -> value;
        };
    }

    /** Whether a value names no device: blank, or nothing but zeros, as a device reports whose user refused. */
    static boolean isAbsent(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '0' && c != '-' && !Character.isWhitespace(c)) {
                return false;
            }
        }
        return true;
    }

    enum Letters {
        UPPER,
        LOWER,
        AS_IS
    }
}
