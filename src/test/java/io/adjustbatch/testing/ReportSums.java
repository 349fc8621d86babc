package io.adjustbatch.testing;

import com.opencsv.CSVReaderHeaderAware;
import com.opencsv.exceptions.CsvValidationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the files of a report add up to, under the names of {@link LedgerSums}; each from that file alone. */
public final class ReportSums {

    private static final List<String> CSV_FILES = List.of("sent.csv", "rejected.csv", "in-doubt.csv", "unsettled.csv");
    private static final Set<String> BEFORE = Set.of("Open before", "New", "Reopened by a person", "To account for");

    private ReportSums() {}

    /** The rows of the CSV files, by file, kind, state and app. */
    public static SortedMap<String, BigDecimal> rows(Path folder) {
        Sums sums = new Sums();
        CSV_FILES.forEach(file -> add(folder, file, sums));
        return sums.asMap();
    }

    private static void add(Path folder, String file, Sums sums) {
        try (CSVReaderHeaderAware rows = new CSVReaderHeaderAware(Files.newBufferedReader(folder.resolve(file)))) {
            for (Map<String, String> row = rows.readMap(); row != null; row = rows.readMap()) {
                String revenue = Objects.requireNonNullElse(row.get("revenue"), "");
                sums.add(
                        String.join(" ", file, row.get("kind"), row.get("state"), row.get("app_token")),
                        BigDecimal.ONE,
                        row.get("currency"),
                        revenue.isEmpty() ? null : new BigDecimal(revenue));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CsvValidationException e) {
            throw new IllegalStateException(folder + "/" + file, e);
        }
    }

    /** The tallies of {@code summary.json}, by kind and state, and by state alone. */
    public static SortedMap<String, BigDecimal> summary(Path folder) {
        Sums sums = new Sums();
        JsonNode summary = JsonMapper.shared().readTree(text(folder, "summary.json"));
        for (JsonNode kind : summary.get("kinds")) {
            for (JsonNode cause : kind.get("causes")) {
                add(kind.get("kind").asString() + " " + cause.get("state").asString(), cause, sums);
            }
        }
        summary.get("states").properties().forEach(state -> add("all " + state.getKey(), state.getValue(), sums));
        return sums.asMap();
    }

    private static void add(String name, JsonNode tally, Sums sums) {
        sums.add(name, tally.get("rows").decimalValue(), null, null);
        tally.get("money")
                .properties()
                .forEach(money -> sums.add(
                        name,
                        BigDecimal.ZERO,
                        money.getKey(),
                        new BigDecimal(money.getValue().asString())));
    }

    /** The statement of account of {@code report.html} without what was there before the run, by kind and line. */
    public static SortedMap<String, BigDecimal> page(Path folder) {
        Sums sums = new Sums();
        Document page = Jsoup.parse(text(folder, "report.html"));
        for (Element table : page.select("table[id^=account-]")) {
            String kind = table.id().substring("account-".length()).replace('-', '_');
            Elements columns = table.select("thead th");
            for (Element line : table.select("tbody tr")) {
                Elements cells = line.select("th, td");
                String name = cells.get(0).text();
                if (BEFORE.contains(name)) {
                    continue;
                }
                sums.add(kind + " " + name + " rows", number(cells.get(1)));
                for (int column = 2; column < cells.size(); column++) {
                    sums.add(kind + " " + name + " " + currency(columns.get(column)), number(cells.get(column)));
                }
            }
        }
        return sums.asMap();
    }

    private static String currency(Element head) {
        return head.text().equals("(no currency)") ? Sums.WITHOUT_CURRENCY : head.text();
    }

    private static BigDecimal number(Element cell) {
        return new BigDecimal(cell.text().replace(",", ""));
    }

    private static String text(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
