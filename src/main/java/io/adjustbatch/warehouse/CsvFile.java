package io.adjustbatch.warehouse;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.exceptions.CsvMalformedLineException;
import com.opencsv.exceptions.CsvMultilineLimitBrokenException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file read strictly, record by record: RFC 4180, UTF-8 with or without a byte order mark, blank lines skipped.
 *
 * <p>Memory does not grow with the file. For one thread.
 */
final class CsvFile implements AutoCloseable {

    /** More than any sane cell has. Without a limit one forgotten quote would take the whole file into memory. */
    private static final int MOST_LINES_OF_A_RECORD = 1_000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final String NOT_UTF8 = "has bytes that are not UTF-8: save the file as UTF-8";

    private final Path file;
    private final CSVReader csv;

    private CsvFile(Path file, BufferedReader reader) {
        this.file = file;
        this.csv = new CSVReaderBuilder(reader)
                .withCSVParser(new StrictCsvParser())
                .withMultilineLimit(MOST_LINES_OF_A_RECORD)
                // Looks whether the reader is still open, before every line; ours is
                .withVerifyReader(false)
                .build();
    }

    /** @throws BrokenCsvException if there is no such file, or it may not be read */
    static CsvFile open(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw BrokenCsvException.inFile(file, "cannot be read: there is no such file, or no permission to read it");
        }
        try {
            // Such a reader reports bytes that are no UTF-8, where others replace them
            BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
            skipByteOrderMark(reader);
            return new CsvFile(file, reader);
        } catch (CharacterCodingException e) {
            throw BrokenCsvException.inLine(file, firstLineThatIsNotUtf8(file), NOT_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The next record; null after the last.
     *
     * @throws BrokenCsvException if the file is not UTF-8 or not CSV here
     */
    @Nullable
    CsvRecord next() {
        long line = 0;
        try {
            String[] cells;
            do {
                line = csv.getLinesRead() + 1;
                cells = csv.readNextSilently();
            } while (cells != null && cells.length == 1 && cells[0].isEmpty());
            return cells == null ? null : new CsvRecord(line, Arrays.asList(cells));
        } catch (CharacterCodingException e) {
            throw BrokenCsvException.inLine(file, firstLineThatIsNotUtf8(file), NOT_UTF8);
        } catch (StrictCsvParser.MisplacedQuoteException e) {
            throw BrokenCsvException.inLine(
                    file,
                    csv.getLinesRead(),
                    "a quote stands inside a cell: put the whole cell in quotes and double the quotes inside it,"
                            + " as in \"5\"\" screen\"");
        } catch (CsvMalformedLineException | CsvMultilineLimitBrokenException e) {
            throw BrokenCsvException.inLine(
                    file,
                    line,
                    "a quote opens a cell that does not end within %d lines".formatted(MOST_LINES_OF_A_RECORD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void skipByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    Path path() {
        return file;
    }

    @Override
    public void close() {
        try {
            csv.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The reader is ahead of the records, so the file is gone through again. */
    private static long firstLineThatIsNotUtf8(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            long number = 1;
            for (String text = lines.readLine(); text != null && isUtf8(text); text = lines.readLine()) {
                number++;
            }
            return number;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUtf8(String bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
