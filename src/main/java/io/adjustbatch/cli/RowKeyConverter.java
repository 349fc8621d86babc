package io.adjustbatch.cli;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.RowKey;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code purchase:4711}. What was written instead is not repeated: it may be a device's identifier. */
final class RowKeyConverter implements ITypeConverter<RowKey> {

    @Override
    public RowKey convert(String value) {
        int colon = value.indexOf(':');
        try {
            return new RowKey(
                    Kind.of(value.substring(0, Math.max(0, colon))), Long.parseLong(value.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("that names no row: write its kind and id, such as purchase:4711");
        }
    }
}
