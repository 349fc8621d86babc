package io.adjustbatch.cli;

import io.adjustbatch.warehouse.Kind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A kind by the name that operators use. */
final class KindConverter implements ITypeConverter<Kind> {

    @Override
    public Kind convert(String value) {
        try {
            return Kind.of(value.strip());
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
