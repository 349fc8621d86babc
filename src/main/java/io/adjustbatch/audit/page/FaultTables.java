package io.adjustbatch.audit.page;

import io.adjustbatch.audit.Account;
import io.adjustbatch.audit.Fault;
import io.adjustbatch.audit.Figures;
import io.adjustbatch.policy.Remedy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stopped rows that have nothing wrong themselves: what the run halted, and what it met. */
final class FaultTables {

    private FaultTables() {}

    static PageTable halts(Account account) {
        PageTable table = new PageTable(
                "halts",
                "Halted in this run",
                "Nothing more of it was sent. Its rows are open, and the next run sends them.",
                List.of(
                        PageTable.text("What"),
                        PageTable.text("What was met"),
                        PageTable.text("What to do"),
                        PageTable.number("Rows waiting")));
        account.halts()
                .forEach(halt -> table.add(
                        halt.scope(),
                        halt.cause(),
                        new Remedy(halt.remedy()).sentence(),
                        Figures.number(halt.waitingRows())));
        return table;
    }

    static PageTable faults(Account account) {
        PageTable table = new PageTable(
                "faults",
                "Faults of configuration",
                "What Adjust answered. None of these rows is lost or refused: they wait until the fault is mended.",
                List.of(
                        PageTable.text("Class"),
                        PageTable.text("Kind"),
                        PageTable.text("App"),
                        PageTable.text("Event"),
                        PageTable.text("Status"),
                        PageTable.text("Answer"),
                        PageTable.number("Rows answered so")));
        for (Fault fault : account.faults()) {
            table.add(
                    fault.errorClass(),
                    fault.kind().key(),
                    text(fault.appToken()),
                    text(fault.eventToken()),
                    text(fault.httpStatus()),
                    text(fault.message()),
                    Figures.number(fault.rows()));
        }
        return table;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
