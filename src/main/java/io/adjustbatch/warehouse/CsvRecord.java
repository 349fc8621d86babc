package io.adjustbatch.warehouse;

import java.util.List;

/**
 * One record of a CSV file.
 *
 * @param line where it begins in the file, counted from 1
 * @param cells empty, never null, where there is no value
 */
record CsvRecord(long line, List<String> cells) {}
