package io.adjustbatch.embedded;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A table of numbers in one database of an embedded server, to see what is kept. */
record Rows(JdbcClient client) {

    static Rows of(EmbeddedDatabase server, String database) {
        JdbcClient client = JdbcClient.create(
                new DriverManagerDataSource(server.jdbcUrl(database), server.username(), server.password()));
        client.sql("CREATE TABLE IF NOT EXISTS number (value bigint PRIMARY KEY)")
                .update();
        return new Rows(client);
    }

    void insert(long value) {
        client.sql("INSERT INTO number VALUES (?)").param(value).update();
    }

    List<Long> all() {
        return client.sql("SELECT value FROM number ORDER BY value")
                .query(Long.class)
                .list();
    }

    String setting(String name) {
        return client.sql("SELECT current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }
}
