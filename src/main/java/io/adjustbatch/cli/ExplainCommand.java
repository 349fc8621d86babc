package io.adjustbatch.cli;

import io.adjustbatch.audit.ExitCode;
import io.adjustbatch.audit.RowLife;
import io.adjustbatch.audit.RowLives;
import io.adjustbatch.ledger.UnstagedRow;
import io.adjustbatch.ledger.UnstagedRows;
import io.adjustbatch.warehouse.Kind;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The life of one row. */
@Command(
        name = "explain",
        description = {
            "Shows the whole life of one row: what it is worth, every attempt and answer, where it stands and why, and what to"
                    + " do about it.",
            "",
            "Only reads; it may be used while a run is at work."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password (without: the embedded database).",
            "",
            "Examples:",
            "  ... explain purchase 4711",
            "  ... explain ad_revenue 17 --json",
            "",
            "Exit codes: 0 shown; 2 wrong usage or configuration, no ledger yet, or it does not know the row, with the reason;",
            "1 unexpected failure."
        })
final class ExplainCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            converter = KindConverter.class,
            description = "session, purchase or ad_revenue.")
    @Nullable
    Kind kind;

    @Parameters(index = "1", paramLabel = "ROW_ID", description = "The row's id in the warehouse.")
    long rowId;

    @Option(names = "--json", description = "Print JSON, with money as text so that no reader rounds it.")
    boolean json;

    @Mixin
    CommonOptions common = new CommonOptions();

    ExplainCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        Kind wanted = Objects.requireNonNull(kind);
        try (Session session = sessions.openWithLedger()) {
            RowLife life = new RowLives(session.bean(DataSource.class))
                    .find(wanted, rowId)
                    .orElseThrow(() -> unknown(wanted, session));
            out.print(json ? LifeJson.of(life) : LifeText.of(life, Colours.ofStandardOutput()));
            out.flush();
            return 0;
        }
    }

    private CommandFailure unknown(Kind wanted, Session session) {
        UnstagedRow row = session.bean(UnstagedRows.class).find(wanted, rowId);
        return new CommandFailure(ExitCode.USAGE, UnstagedText.of(wanted, rowId, row, session.address()));
    }
}
