package io.adjustbatch.job;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Gives the connection pool what the partitions need at the same time: for each partition of both kinds that are sent side
 * by side one connection to the ledger and one for Spring Batch's record, and a few more. With fewer, partitions would
 * wait for one another for ever.
 */
final class PoolSize implements BeanPostProcessor {

    private static final String KEY = "spring.datasource.hikari.maximum-pool-size";

    private final Environment environment;
    private final ObjectProvider<AdjustSettings> settings;

    /** @param settings asked only when there is a pool: they could not be bound before every other post-processor is there */
    PoolSize(Environment environment, ObjectProvider<AdjustSettings> settings) {
        this.environment = environment;
        this.settings = settings;
    }

    /** Connections for that many partitions of a kind. */
    static int neededBy(int partitions) {
        return 2 * 2 * partitions + 3;
    }

    /** @throws IllegalArgumentException if the operator has set a smaller pool */
    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof HikariDataSource pool) {
            int needed = neededBy(settings.getObject().partitions());
            if (environment.containsProperty(KEY) && pool.getMaximumPoolSize() < needed) {
                throw new IllegalArgumentException(
                        "%s must be at least %d for this many adjust.partitions, but is %d: leave it out, and it is set so"
                                .formatted(KEY, needed, pool.getMaximumPoolSize()));
            }
            pool.setMaximumPoolSize(Math.max(needed, pool.getMaximumPoolSize()));
        }
        return bean;
    }
}
