package io.adjustbatch.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many at most: a whole number from 1. */
final class RowLimitConverter implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String value) {
        try {
            int limit = Integer.parseInt(value);
            if (limit > 0) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // said below, as for the numbers that are too small
        }
        throw new TypeConversionException(
                "'" + value + "' is no number of rows: write a whole number from 1 to " + Integer.MAX_VALUE);
    }
}
