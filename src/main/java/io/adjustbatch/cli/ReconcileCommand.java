package io.adjustbatch.cli;

import io.adjustbatch.audit.Balance;
import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.Period;
import io.adjustbatch.audit.Reconciliation;
import io.adjustbatch.job.LedgerCommands;
import io.adjustbatch.job.WarehouseCheck;
import io.adjustbatch.ledger.ComparisonScope;
import io.adjustbatch.ledger.WarehouseDifferences;
import io.adjustbatch.warehouse.RowKey;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether the books balance, and agree with the warehouse. */
@Command(
        name = "reconcile",
        description = {
            "Compares what must agree: the totals of staging, the ledger and the journal; and the warehouse with the ledger."
                    + " Names each row that is missing from the ledger, has changed since it was sent, is gone from the"
                    + " warehouse, or occurs there twice.",
            "",
            "Only reads, and may be used while a run is at work. With --accept it records that a difference from the warehouse"
                    + " is known, with your name and reason; it counts again if the row differs in another way. Of several rows all are accepted or none."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... reconcile",
            "  ... reconcile --from 2026-01-01 --to 2026-01-31",
            "  ... reconcile --limit 10000 --json",
            "  ... reconcile --accept purchase:4711 --accept purchase:4712 --because \"refunded on 3 May, ticket 17\"",
            "",
            "Exit codes: 0 all agrees, or what does not is accepted; 7 something differs; 2 wrong usage or configuration;",
            "5 a run is at work, nothing was accepted; 1 unexpected failure."
        })
final class ReconcileCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            converter = DayConverter.class,
            description = "Only rows that occurred on this day of UTC or later.")
    @Nullable
    LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            converter = DayConverter.class,
            description = "Only rows that occurred on this day of UTC or earlier.")
    @Nullable
    LocalDate to;

    @Option(
            names = "--accept",
            paramLabel = "KIND:ID",
            converter = RowKeyConverter.class,
            description = "Accepts how this row differs from the warehouse; may be given several times.")
    List<RowKey> accepted = List.of();

    @Option(
            names = "--because",
            paramLabel = "TEXT",
            description = "With --accept: why; is shown with the row from now on.")
    @Nullable
    String because;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            converter = RowLimitConverter.class,
            description = "Most differences of one kind and sort to list; all are counted. Default: 100.")
    int limit;

    @Option(names = "--json", description = "Print JSON, with money as text so that no reader rounds it.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    ReconcileCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        refuseContradictions();
        try (Session session = sessions.openWithLedger()) {
            return accepted.isEmpty() ? show(session) : accept(session);
        }
    }

    private void refuseContradictions() {
        if (from != null && to != null && to.isBefore(from)) {
            throw wrong("The period ends on %s, before it begins on %s".formatted(to, from));
        }
        if (accepted.isEmpty() != (because == null) || (because != null && because.isBlank())) {
            throw wrong("--accept and --because go together: say why the difference is accepted");
        }
        if (!accepted.isEmpty() && (from != null || to != null)) {
            throw wrong("--accept takes no period");
        }
    }

    private int show(Session session) {
        Balance balance = new Reconciliation(session.bean(DataSource.class)).balance(new Period(from, to), limit);
        WarehouseDifferences drift = compared(session, balance);
        print(balance, drift);
        return (balance.isBalanced() && drift.open() == 0 ? ExitCode.FINISHED : ExitCode.IMBALANCED).code();
    }

    /** Books that do not balance are told, also where the warehouse cannot be read. */
    private WarehouseDifferences compared(Session session, Balance balance) {
        try {
            return session.bean(WarehouseCheck.class)
                    .of(new ComparisonScope(from, to, balance.unbalancedGroups(), limit));
        } catch (RuntimeException e) {
            if (!balance.isBalanced()) {
                print(balance, null);
                throw new CommandFailure(
                        ExitCode.IMBALANCED,
                        "The books do not balance, and the warehouse could not be compared.%n%s"
                                .formatted(sessions.explain(e).message()));
            }
            throw e;
        }
    }

    private void print(Balance balance, @Nullable WarehouseDifferences drift) {
        out.print(
                json ? ReconcileJson.of(balance, drift) : ReconcileText.of(balance, drift, Colours.ofStandardOutput()));
        out.flush();
    }

    private int accept(Session session) {
        Set<RowKey> rows = new LinkedHashSet<>(accepted);
        List<RowKey> agreeing = session.bean(LedgerCommands.class)
                .acceptDifferences(
                        rows,
                        System.getProperty("user.name"),
                        Objects.requireNonNull(because).strip());
        if (!agreeing.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s does not differ from the warehouse, or just that is accepted already. Nothing was done.%nWhat next: %s reconcile"
                            .formatted(words(agreeing), RootCommand.INVOCATION));
        }
        out.print(
                json
                        ? ReconcileJson.accepted(rows)
                        : "The difference of %s is accepted, and no longer counts.%n".formatted(words(rows)));
        out.flush();
        return ExitCode.FINISHED.code();
    }

    private static String words(Collection<RowKey> rows) {
        return rows.stream().map(RowKey::toString).collect(Collectors.joining(", "));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
