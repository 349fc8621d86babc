package io.adjustbatch.cli;

import io.adjustbatch.job.Forecast;
import io.adjustbatch.job.Forecast.Prospect;
import io.adjustbatch.job.Rehearsal;
import io.adjustbatch.warehouse.Kind;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** What the next run would do, as text for people or as JSON. */
final class ForecastText {

    private ForecastText() {}

    /** Asks for it and tells it. */
    static String of(Session session, Set<Kind> kinds, boolean json) {
        Rehearsal rehearsal = session.bean(Rehearsal.class);
        Forecast forecast = rehearsal.of(kinds);
        return json ? json(forecast) : text(forecast);
    }

    private static String text(Forecast forecast) {
        if (forecast.tallies().isEmpty()) {
            return "A run would find no row to send. Nothing was sent or changed.%n".formatted();
        }
        TextTable table = new TextTable().add("kind", "a run would", "why", "rows", "money");
        forecast.tallies()
                .forEach((fate, tally) -> table.add(
                        fate.kind().key(),
                        words(fate.prospect()),
                        fate.errorClass() == null ? "" : fate.errorClass().name(),
                        SummaryTable.number(tally.rows()),
                        SummaryTable.amounts(tally)));
        return table
                + examples(forecast)
                + "%nIf it started now and Adjust took all it is sent: %s rows sent, %s refused here. Nothing was sent or changed.%n"
                        .formatted(
                                SummaryTable.number(forecast.of(Prospect.SENT).rows()),
                                SummaryTable.number(
                                        forecast.of(Prospect.REFUSED).rows()));
    }

    private static String examples(Forecast forecast) {
        if (forecast.examples().isEmpty()) {
            return "";
        }
        TextTable table = new TextTable().add("row", "class", "reason");
        forecast.examples()
                .forEach(example -> table.add(
                        example.kind().key() + ":" + example.rowId(),
                        example.errorClass().name(),
                        example.reason()));
        return "%nRows that it would refuse, the first ten of each class%n%s".formatted(table);
    }

    private static String words(Prospect prospect) {
        return switch (prospect) {
            case SENT -> "send";
            case REFUSED -> "refuse";
            case WAITING -> "leave waiting";
            case LEFT_OUT -> "leave in the warehouse";
        };
    }

    private static String json(Forecast forecast) {
        ObjectNode document = JsonText.object();
        var fates = document.putArray("fates");
        forecast.tallies().forEach((fate, tally) -> {
            ObjectNode node = fates.addObject()
                    .put("kind", fate.kind().key())
                    .put("prospect", fate.prospect().name().toLowerCase(Locale.ROOT))
                    .put(
                            "error_class",
                            fate.errorClass() == null ? null : fate.errorClass().name())
                    .put("rows", tally.rows());
            ObjectNode money = node.putObject("money");
            tally.money().forEach((currency, amount) -> money.put(currency, amount.toPlainString()));
        });
        var examples = document.putArray("refused");
        forecast.examples()
                .forEach(example -> examples.addObject()
                        .put("kind", example.kind().key())
                        .put("row_id", example.rowId())
                        .put("error_class", example.errorClass().name())
                        .put("reason", example.reason()));
        return JsonText.of(document);
    }
}
