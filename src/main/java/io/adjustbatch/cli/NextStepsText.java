package io.adjustbatch.cli;

import io.adjustbatch.audit.NextSteps;
import io.adjustbatch.audit.RunSummary;
import java.util.stream.Collectors;

/** What to do after a run: a heading and a line a step. */
final class NextStepsText {

    private NextStepsText() {}

    static String of(RunSummary summary) {
        return NextSteps.after(summary).stream()
                .map(Printable::of)
                .map("  %s%n"::formatted)
                .collect(Collectors.joining("", "%nWhat next:%n".formatted(), ""));
    }
}
