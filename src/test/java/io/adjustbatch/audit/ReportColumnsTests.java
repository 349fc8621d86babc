package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The columns of the CSV files, which scripts rely on. */
class ReportColumnsTests {

    private static final Pattern COLUMN = Pattern.compile("`([a-z_]+)`");

    @Test
    void standInTheReadmeInTheirOrder() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("README.md")).stream()
                .dropWhile(line -> !line.equals("| column | what it is |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(names -> COLUMN.matcher(names).results())
                .map((MatchResult name) -> name.group(1))
                .toList();

        assertThat(documented).isEqualTo(ReportRow.COLUMNS);
    }

    @Test
    void areTheComponentsOfARow() {
        assertThat(Arrays.stream(ReportRow.class.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)))
                .isEqualTo(ReportRow.COLUMNS);
    }
}
