package io.adjustbatch.job;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who is at work, as the database knows it: whoever holds the lock of {@link RunLock}. Reads only; threads may share it.
 */
public final class LockHolder {

    /** "adjbatch" in ASCII. Advisory locks are told apart by number alone, database by database. */
    static final long KEY = 0x61646a6261746368L;

    private static final String SQL = """
            SELECT format('%%s since %%s (server process %%s)', coalesce(nullif(a.application_name, ''), 'a process'),
                to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), l.pid)
            FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid = %d AND l.objid = %d""".formatted(KEY >>> 32, KEY & 0xffffffffL);

    private final JdbcClient jdbc;

    /** @param dataSource the database that holds the ledger */
    public LockHolder(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Such as {@code adjust-batch since 2026-11-25 02:15:00 UTC (server process 4711)}; empty if nobody is. */
    public Optional<String> find() {
        return jdbc.sql(SQL).query(String.class).optional();
    }
}
