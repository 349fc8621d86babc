package io.adjustbatch.warehouse;

import com.opencsv.RFC4180Parser;
import java.io.IOException;

/**
 * OpenCSV's parser, but with quotes only where RFC 4180 has them: around a whole cell, and doubled within it.
 *
 * <p>OpenCSV is lenient: it keeps the quote of a lone {@code 5"} as it is, but of the two lines {@code 2,a","} and
 * {@code 3,,"} it makes one record of the right width, and a purchase is gone unnoticed. What stays possible is what
 * RFC 4180 allows: a cell that a stray quote opens at its beginning, and another closes at its end, lines below.
 *
 * <p>Remembers from line to line what is open: one for each reading of a file.
 */
final class StrictCsvParser extends RFC4180Parser {

    private boolean quoted;

    /** A quote stands where there must be none. */
    static final class MisplacedQuoteException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public String[] parseLineMulti(String line) throws IOException {
        boolean cellBegins = !quoted;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != DEFAULT_QUOTE_CHARACTER) {
                cellBegins = c == DEFAULT_SEPARATOR && !quoted;
            } else if (!quoted) {
                require(cellBegins);
                quoted = true;
            } else if (i + 1 < line.length() && line.charAt(i + 1) == DEFAULT_QUOTE_CHARACTER) {
                i++;
            } else {
                require(i + 1 == line.length() || line.charAt(i + 1) == DEFAULT_SEPARATOR);
                quoted = false;
            }
        }
        return super.parseLineMulti(line);
    }

    private static void require(boolean placedWell) throws MisplacedQuoteException {
        if (!placedWell) {
            throw new MisplacedQuoteException();
        }
    }
}
