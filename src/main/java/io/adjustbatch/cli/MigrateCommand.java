package io.adjustbatch.cli;

import io.adjustbatch.job.Migration;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Brings the schemas up to date, for those who do not let {@code run} do it. */
@Command(
        name = "migrate",
        description = {
            "Brings the database schemas up to date.",
            "",
            "Creates or upgrades the schema adjust_batch (the ledger), and the schema warehouse where the relations are"
                    + " our defaults. Rows are kept. Other schemas are not touched. run does the same at its start"
                    + " unless spring.flyway.enabled=false."
        },
        footer = {
            "Settings it needs: spring.datasource.url, .username, .password of a user that may create schemas",
            "(without: the embedded database).",
            "",
            "Exit codes: 0 done; 2 wrong configuration; 1 unexpected failure."
        })
final class MigrateCommand implements Callable<Integer> {

    private final Sessions sessions;
    private final PrintWriter out;

    @Mixin
    CommonOptions common = new CommonOptions();

    MigrateCommand(Sessions sessions, PrintWriter out) {
        this.sessions = sessions;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (Session session = sessions.open(Database.NIGHTLY)) {
            session.bean(Migration.class).migrate();
            out.println("The schemas of " + session.address() + " are up to date.");
            return 0;
        }
    }
}
