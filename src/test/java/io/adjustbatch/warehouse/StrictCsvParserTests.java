package io.adjustbatch.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.opencsv.CSVReader;
import com.opencsv.CSVReaderBuilder;
import com.opencsv.ICSVParser;
import com.opencsv.RFC4180Parser;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictCsvParserTests {

    private static final String TWO_ROWS = "2,a\",\"\n3,,\"\n";

    @Test
    void refusesRowsThatOpenCsvMergesIntoOne() throws IOException {
        try (CSVReader lenient = reader(TWO_ROWS, new RFC4180Parser())) {
            assertThat(lenient.readNextSilently()).hasSize(3).startsWith("2");
            assertThat(lenient.readNextSilently()).isNull();
        }

        assertRefused(TWO_ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,5\",x", "1,\"q\" r,x", "1,\"q\"r\",x", "1, \"q\",x", "1,\"q\" ,x", "1,\"a\nb\"c,x"})
    void refusesQuoteInsideCell(String text) {
        assertRefused(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"5\"\"\",x", "1,\"\",x", "1,\"\"\"\",x", "1,\"a,b\",x", "1,\"a\n\n\"\",\"\"\nb\",x"})
    void takesQuotesAroundCellAndDoubledWithinIt(String text) throws IOException {
        try (CSVReader strict = reader(text, new StrictCsvParser())) {
            assertThat(strict.readNextSilently()).hasSize(3).startsWith("1").endsWith("x");
        }
    }

    private static void assertRefused(String text) {
        assertThatExceptionOfType(StrictCsvParser.MisplacedQuoteException.class).isThrownBy(() -> {
            try (CSVReader strict = reader(text, new StrictCsvParser())) {
                strict.readNextSilently();
            }
        });
    }

    private static CSVReader reader(String text, ICSVParser parser) {
        return new CSVReaderBuilder(new StringReader(text))
                .withCSVParser(parser)
                .build();
    }
}
