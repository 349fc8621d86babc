package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Figures;
import io.adjustbatch.audit.page.PageRows.AppSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Rows and money by app. */
final class AppTable {

    private AppTable() {}

    /** A line for each app and currency. */
    static PageTable of(Sums<AppSlot> apps) {
        PageTable table = new PageTable(
                "by-app",
                "Rows and money by app",
                Listing.note(apps.byKey().size(), apps, "apps"),
                List.of(
                        PageTable.text("App"),
                        PageTable.text("Currency"),
                        PageTable.number("Rows sent"),
                        PageTable.number("Rows refused"),
                        PageTable.number("Rows open"),
                        PageTable.number("Money sent"),
                        PageTable.number("Money refused"),
                        PageTable.number("Money open")));
        apps.byKey().entrySet().stream().limit(Listing.LINES).forEach(app -> table.add("", app(app)));
        return table;
    }

    private static List<String> app(Map.Entry<AppSlot, Sum> app) {
        Sum sum = app.getValue();
        String currency = app.getKey().currency();
        List<String> cells = new ArrayList<>(List.of(
                Objects.requireNonNullElse(app.getKey().app(), "(no app)"),
                currency == null ? "–" : Figures.currency(currency),
                Figures.number(sum.rows(Fate.SENT)),
                Figures.number(sum.rows(Fate.REFUSED)),
                Figures.number(sum.rows(Fate.IN_DOUBT) + sum.rows(Fate.WAITING))));
        Stream.of(
                        sum.money(Fate.SENT),
                        sum.money(Fate.REFUSED),
                        sum.money(Fate.IN_DOUBT).add(sum.money(Fate.WAITING)))
                .forEach(amount -> cells.add(currency == null ? "–" : Figures.money(amount)));
        return cells;
    }
}
