package io.adjustbatch.audit;

import java.util.List;

/**
 * What became of rows on the days of a period: what was staged and decided then, by whichever run or person, and what was
 * open at its end. The same for ever once the period, and the last run that began in it, are over.
 *
 * @param kinds one for each kind, in the order of {@link io.adjustbatch.warehouse.Kind}
 * @param warnings what a person should look into
 */
public record PeriodSummary(Period period, List<KindSummary> kinds, List<Warning> warnings) implements Account {

    public PeriodSummary {
        kinds = List.copyOf(kinds);
        warnings = List.copyOf(warnings);
    }
}
