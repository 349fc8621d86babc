package io.adjustbatch.job;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The connection on which the run's lock is held: {@code lock.datasource.*} in {@code config/application.yml}. Needed only
 * if {@code spring.datasource.url} leads to a transaction pooler.
 *
 * @param url a direct connection to the same database; null or blank: the same as {@code spring.datasource.url}
 */
@ConfigurationProperties(prefix = "lock.datasource", ignoreUnknownFields = false)
public record LockSettings(@Nullable String url) {

    /** The URL to use, given the warehouse's. */
    String urlOr(String warehouseUrl) {
        return url == null || url.isBlank() ? warehouseUrl : url;
    }
}
