package io.adjustbatch.warehouse;

import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionStatus;

/**
 * Checked records of one CSV file on their way into a table, in batches of one statement. For one thread, within a
 * transaction.
 */
final class CsvInsert {

    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_CHARACTERS = 1_000_000;

    private final Path file;
    private final Relation table;
    private final List<CsvColumn> columns;
    private final JdbcTemplate jdbc;
    private final TransactionStatus transaction;
    private final String statement;
    private final List<CsvRecord> batch = new ArrayList<>();
    private int characters;
    private long inserted;

    CsvInsert(Path file, Relation table, List<CsvColumn> columns, JdbcTemplate jdbc, TransactionStatus transaction) {
        this.file = file;
        this.table = table;
        this.columns = columns;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.statement = "INSERT INTO %s (%s) SELECT %s FROM unnest(%s) AS record (%2$s)"
                .formatted(table.name(), each(CsvColumn::name), each(CsvColumn::fromText), each(column -> "?::text[]"));
    }

    /** @throws BrokenCsvException if PostgreSQL does not take this record or an earlier one */
    void add(CsvRecord record) {
        batch.add(record);
        for (String cell : record.cells()) {
            characters += cell.length();
        }
        if (batch.size() >= MOST_RECORDS || characters >= MOST_CHARACTERS) {
            insertBatch();
        }
    }

    /**
     * Inserts what is left.
     *
     * @return how many records there were in all
     * @throws BrokenCsvException if PostgreSQL does not take one of them
     */
    long finish() {
        if (!batch.isEmpty()) {
            insertBatch();
        }
        return inserted;
    }

    private void insertBatch() {
        Object savepoint = transaction.createSavepoint();
        try {
            insert(batch);
        } catch (DataIntegrityViolationException e) {
            // The statement does not say which record it was: one by one they do
            transaction.rollbackToSavepoint(savepoint);
            batch.forEach(this::insertAlone);
        }
        transaction.releaseSavepoint(savepoint);
        inserted += batch.size();
        batch.clear();
        characters = 0;
    }

    private void insertAlone(CsvRecord record) {
        Object savepoint = transaction.createSavepoint();
        try {
            insert(List.of(record));
            transaction.releaseSavepoint(savepoint);
        } catch (DuplicateKeyException e) {
            transaction.rollbackToSavepoint(savepoint);
            throw isThere(idOf(record))
                    ? BrokenCsvException.inCell(
                            file,
                            record.line(),
                            "id",
                            "%d is there already, in %s or on an earlier line".formatted(idOf(record), table.name()))
                    : refused(record, e);
        } catch (DataIntegrityViolationException e) {
            throw refused(record, e);
        }
    }

    private void insert(List<CsvRecord> records) {
        jdbc.update(connection -> {
            PreparedStatement insert = connection.prepareStatement(statement);
            for (int column = 0; column < columns.size(); column++) {
                insert.setArray(column + 1, values(records, column, connection));
            }
            return insert;
        });
    }

    private static Array values(List<CsvRecord> records, int column, Connection connection) throws SQLException {
        String[] cells = records.stream()
                .map(record -> record.cells().get(column))
                .map(cell -> cell.isEmpty() ? null : cell)
                .toArray(String[]::new);
        return connection.createArrayOf("text", cells);
    }

    private boolean isThere(long id) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "SELECT EXISTS (SELECT FROM %s WHERE id = ?)".formatted(table.name()), Boolean.class, id));
    }

    private long idOf(CsvRecord record) {
        return Long.parseLong(record.cells().get(columns.indexOf(new CsvColumn("id", ColumnType.INTEGER))));
    }

    /** PostgreSQL's own words are left out: they quote values, of identifiers too. */
    private BrokenCsvException refused(CsvRecord record, DataIntegrityViolationException refusal) {
        String state = refusal.getMostSpecificCause() instanceof SQLException e ? e.getSQLState() : null;
        return BrokenCsvException.inLine(
                file, record.line(), "PostgreSQL does not take this row (SQLSTATE %s)".formatted(state));
    }

    private String each(Function<CsvColumn, String> part) {
        return columns.stream().map(part).collect(Collectors.joining(", "));
    }
}
