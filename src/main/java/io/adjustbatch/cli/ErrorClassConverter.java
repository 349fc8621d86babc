package io.adjustbatch.cli;

import io.adjustbatch.adjust.ErrorClass;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code ROW_FAULT}, also as {@code row-fault}. */
final class ErrorClassConverter implements ITypeConverter<ErrorClass> {

    @Override
    public ErrorClass convert(String value) {
        String name = value.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(ErrorClass.values())
                .filter(errorClass -> errorClass.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "' is no class; there are "
                        + Arrays.stream(ErrorClass.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
