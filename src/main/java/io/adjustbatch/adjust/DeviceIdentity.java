package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.WarehouseRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One identifier of a device, written so that one device written in two ways is one: without the blanks around it, in
 * small letters. Never shown: not by {@link #toString()}, nor in any message.
 *
 * @param name Adjust's parameter, such as {@code gps_adid}
 * @param value names a device: neither blank nor all zeros
 */
public record DeviceIdentity(String name, String value) {

    /** All identifiers that a row carries, as columns or as keys of {@code parameters}; empty if it has none. */
    public static List<DeviceIdentity> carriedBy(WarehouseRow row) {
        List<DeviceIdentity> carried = new ArrayList<>(4);
        row.parameters().forEach((name, value) -> addIfPresent(carried, name, value));
        String further = row.furtherParameters();
        if (further != null && !further.isBlank()) {
            FlatJson.of(further).entries().forEach((name, value) -> addIfPresent(carried, name, value));
        }
        return carried;
    }

    /**
     * An identifier as a person writes it.
     *
     * @throws IllegalArgumentException if Adjust knows no such parameter, or the value has not its form; the message says
     *     what would be right, and never the value
     */
    public static DeviceIdentity of(String name, String value) {
        String parameter = name.strip().toLowerCase(Locale.ROOT);
        DeviceIdentifier identifier = DeviceIdentifier.of(parameter);
        if (identifier == null) {
            throw new IllegalArgumentException("that is no device identifier's name; there are " + names());
        }
        if (DeviceIdentifier.isAbsent(value)) {
            throw new IllegalArgumentException(
                    "the value of " + parameter + " is blank or all zeros, which names no device");
        }
        if (!identifier.isWellFormed(value.strip())) {
            throw new IllegalArgumentException("the value of " + parameter + " must be " + identifier.form()
                    + "; this one has " + value.strip().length() + " characters");
        }
        return new DeviceIdentity(parameter, normalized(value));
    }

    private static void addIfPresent(List<DeviceIdentity> carried, String name, String value) {
        if (DeviceIdentifier.of(name) != null && !DeviceIdentifier.isAbsent(value)) {
            carried.add(new DeviceIdentity(name, normalized(value)));
        }
    }

    private static String normalized(String value) {
        return value.strip().toLowerCase(Locale.ROOT);
    }

    private static String names() {
        return Arrays.stream(DeviceIdentifier.values())
                .map(DeviceIdentifier::parameter)
                .collect(Collectors.joining(", "));
    }

    /** Shows the name alone. */
    @Override
    public String toString() {
        return "DeviceIdentity[" + name + "]";
    }
}
