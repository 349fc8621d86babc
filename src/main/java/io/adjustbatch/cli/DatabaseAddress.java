package io.adjustbatch.cli;

import org.springframework.core.env.Environment;

/** Where the database is, fit to be printed: a URL may carry a user and a password. */
final class DatabaseAddress {

    private DatabaseAddress() {}

    /** Of the form {@code host:5432/database}. */
    static String of(Environment environment) {
        return of(environment.getProperty("spring.datasource.url", ""));
    }

    /** What of the URL names the server and the database; parameters and what stands before an {@code @} are left out. */
    static String of(String jdbcUrl) {
        return jdbcUrl.replaceFirst("[?].*", "")
                .replaceFirst("^jdbc:[a-z]+:(//)?", "")
                .replaceFirst("^.*@", "");
    }
}
