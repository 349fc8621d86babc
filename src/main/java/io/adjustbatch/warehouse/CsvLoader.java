package io.adjustbatch.warehouse;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads CSV files into the default warehouse tables.
 *
 * <p>A file is loaded as a whole, in one transaction, or not at all, also when the process dies. It is checked while it
 * streams, so memory does not grow with it. Threads may share a loader.
 */
public final class CsvLoader {

    private final RelationInspector inspector;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    public CsvLoader(DataSource dataSource) {
        this.inspector = new RelationInspector(dataSource);
        this.jdbc = new JdbcTemplate(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /**
     * Adds the file's rows to the table {@code warehouse.<kind>}.
     *
     * <p>The first line names the columns, in any order; an empty cell is null. Without {@code loaded_at}, or where its
     * cell is empty, a row counts as loaded now.
     *
     * @return how many rows there were; 0 if there is only the header
     * @throws BrokenCsvException if the file cannot be read, is no CSV in UTF-8, has a column or value that the table
     *     does not take, or an {@code id} that is there already
     * @throws UnfitRelationsException if there is no such table
     */
    public long load(Path file, Kind kind) {
        Relation table = inspector.inspect(kind, "warehouse." + kind.key());
        try (CsvFile csv = CsvFile.open(file)) {
            List<CsvColumn> columns = CsvHeader.read(csv, table);
            return Objects.requireNonNull(transaction.execute(status -> insert(csv, columns, table, status)));
        }
    }

    private long insert(CsvFile csv, List<CsvColumn> columns, Relation table, TransactionStatus status) {
        CsvInsert insert = new CsvInsert(csv.path(), table, columns, jdbc, status);
        for (CsvRecord row = csv.next(); row != null; row = csv.next()) {
            check(row, columns, csv.path());
            insert.add(row);
        }
        return insert.finish();
    }

    private static void check(CsvRecord row, List<CsvColumn> columns, Path file) {
        if (row.cells().size() != columns.size()) {
            throw BrokenCsvException.inLine(
                    file,
                    row.line(),
                    "has %d cells, but the header names %d columns"
                            .formatted(row.cells().size(), columns.size()));
        }
        for (int i = 0; i < row.cells().size(); i++) {
            CsvColumn column = columns.get(i);
            String fault = column.fault(row.cells().get(i));
            if (fault != null) {
                throw BrokenCsvException.inCell(file, row.line(), column.name(), fault);
            }
        }
    }
}
