package io.adjustbatch.audit;

import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.RunState;
import io.adjustbatch.policy.Remedy;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** What a person should know and do after a run, or a period, the most urgent first. */
public final class NextSteps {

    /** How the program is started, as the README says. */
    public static final String INVOCATION = "java -jar target/adjust-batch.jar";

    private static final String RUN = INVOCATION + " run";

    private NextSteps() {}

    /** Whole sentences, at least one; a command stands at the end of its sentence and begins with {@link #INVOCATION}. */
    public static List<String> after(Account summary) {
        List<String> steps = Stream.of(
                        unaccounted(summary),
                        imbalance(summary),
                        remedies(summary),
                        onTheWire(summary),
                        inDoubt(summary),
                        expiring(summary),
                        summary.warnings().stream().map(Warning::text),
                        waiting(summary),
                        refused(summary))
                .flatMap(step -> step)
                .toList();
        return steps.isEmpty() ? List.of("Nothing: no row waits for anybody.") : steps;
    }

    private static Stream<String> unaccounted(Account summary) {
        return summary.total(KindSummary::difference).isNothing()
                ? Stream.empty()
                : Stream.of(
                        "The books do not balance: the rows \"not accounted for\" above are a defect. Keep the reports, and"
                                + " do not change the ledger by hand.");
    }

    private static Stream<String> imbalance(Account summary) {
        return summary instanceof RunSummary run && isImbalanced(run)
                ? Stream.of(
                        "The books do not balance, or a row of the warehouse was never taken. Keep the reports, change nothing"
                                + " by hand, and see what differs: " + INVOCATION + " reconcile")
                : Stream.empty();
    }

    private static Stream<String> remedies(Account summary) {
        return Stream.concat(
                        summary.halts().stream().map(halt -> new Remedy(halt.remedy()).sentence()),
                        summary.faults().stream().map(Fault::remedy))
                .distinct();
    }

    private static Stream<String> onTheWire(Account summary) {
        return ifAny(
                summary.in(RowState.SENDING).rows(),
                rows -> "%s on the wire. If the process that sent them has died, the next run puts them in doubt."
                        .formatted(rowsAre(rows)));
    }

    private static Stream<String> inDoubt(Account summary) {
        return ifAny(
                summary.in(RowState.IN_DOUBT).rows(),
                rows ->
                        ("%s in doubt: Adjust may have counted them or not, and they are not sent again. Look them up in"
                                        + " Adjust's raw data and record what you find: %s in-doubt list")
                                .formatted(rowsAre(rows), INVOCATION));
    }

    private static Stream<String> expiring(Account summary) {
        return ifAny(
                summary.kinds().stream().mapToLong(KindSummary::expiring).sum(),
                rows ->
                        ("%s older than Adjust takes within three days, and not sent yet: unsettled.csv and in-doubt.csv say what"
                                        + " each waits for.")
                                .formatted(rows(rows, "will be")));
    }

    private static Stream<String> waiting(Account summary) {
        long waiting = summary.total(KindSummary::waiting).rows();
        RunState state = summary instanceof RunSummary one ? one.run().state() : RunState.COMPLETED;
        return waiting > 0 || state != RunState.COMPLETED ? Stream.of(goOn(state, waiting)) : Stream.empty();
    }

    private static Stream<String> ifAny(long rows, LongFunction<String> step) {
        return rows > 0 ? Stream.of(step.apply(rows)) : Stream.empty();
    }

    private static boolean isImbalanced(RunSummary summary) {
        Integer code = summary.run().exitCode();
        return code != null && code == ExitCode.IMBALANCED.code();
    }

    /** Refusals with a cause that somebody may mend; nobody can make a row younger, or opt its user in. */
    private static Stream<String> refused(Account summary) {
        SortedMap<String, Long> rowsByClass = new TreeMap<>();
        summary.kinds().stream()
                .flatMap(kind -> kind.settled().stream())
                .filter(share -> share.state() == RowState.REJECTED || share.state() == RowState.INVALID)
                .forEach(share -> rowsByClass.merge(
                        String.valueOf(share.errorClass()), share.tally().rows(), Long::sum));
        // Adjust has counted those before, whatever its answer was made of here
        rowsByClass.remove("DUPLICATE");
        return rowsByClass.entrySet().stream()
                .map(refused -> ("%s refused as %s: rejected.csv says why. Once the cause is mended, to send %s again:"
                                + " %s replay --class %s --because TEXT")
                        .formatted(
                                rows(refused.getValue(), refused.getValue() == 1 ? "was" : "were"),
                                refused.getKey(),
                                refused.getValue() == 1 ? "it" : "them",
                                INVOCATION,
                                refused.getKey()));
    }

    private static String goOn(RunState state, long waiting) {
        String rows = waiting == 0 ? "No row waits." : rowsAre(waiting) + " waiting.";
        return switch (state) {
            case COMPLETED -> rows + " The next run sees to them by itself.";
            case RUNNING -> rows + " If its process lives, let it work. If it died, start this, which is safe: " + RUN;
            case HALTED, STOPPED, FAILED, ABANDONED ->
                rows + " To go on, once its cause is mended, start this, which is safe: " + RUN;
        };
    }

    private static String rows(long rows, String verb) {
        return (rows == 1 ? "1 row " : Figures.number(rows) + " rows ") + verb;
    }

    private static String rowsAre(long rows) {
        return rows(rows, rows == 1 ? "is" : "are");
    }
}
