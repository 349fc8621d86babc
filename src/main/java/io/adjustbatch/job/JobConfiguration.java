package io.adjustbatch.job;

import io.adjustbatch.adjust.AdjustClient;
import io.adjustbatch.adjust.RequestPreparer;
import io.adjustbatch.audit.files.ReportSettings;
import io.adjustbatch.ledger.Deliveries;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.JournalMonths;
import io.adjustbatch.ledger.PrivacyKeys;
import io.adjustbatch.ledger.Recovery;
import io.adjustbatch.ledger.RefusedRows;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.Staging;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.ledger.UnstagedRows;
import io.adjustbatch.ledger.Whereabouts;
import io.adjustbatch.policy.Rules;
import io.adjustbatch.policy.SendPolicy;
import io.adjustbatch.warehouse.RelationInspector;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts that the job is made of. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AdjustSettings.class,
    WarehouseSettings.class,
    ReportSettings.class,
    LockSettings.class,
    PrivacySettings.class
})
class JobConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    static PoolSize poolSize(Environment environment, ObjectProvider<AdjustSettings> settings) {
        return new PoolSize(environment, settings);
    }

    @Bean
    Migration migration(DataSource dataSource, WarehouseSettings warehouse) {
        return new Migration(dataSource, warehouse);
    }

    @Bean
    Runs runs(JdbcClient jdbc, Whereabouts whereabouts) {
        return new Runs(jdbc, whereabouts);
    }

    @Bean
    Recovery recovery(JdbcClient jdbc) {
        return new Recovery(jdbc);
    }

    @Bean
    JournalMonths journalMonths(JdbcTemplate jdbc, Clock clock) {
        return new JournalMonths(jdbc, clock);
    }

    @Bean
    Staging staging(JdbcClient jdbc, PlatformTransactionManager transactionManager, WarehouseSettings warehouse) {
        return new Staging(
                jdbc,
                new TransactionTemplate(transactionManager),
                warehouse.purchase().transactionUnique());
    }

    @Bean
    AdjustClient adjustClient(AdjustSettings adjust) {
        return new AdjustClient(adjust.client(), Clock.systemUTC());
    }

    @Bean
    SendSteps sendSteps(
            JobRepository jobRepository,
            CurrentRun currentRun,
            JdbcTemplate jdbc,
            AdjustClient client,
            SendOrder order,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            AdjustSettings adjust,
            WarehouseSettings warehouse,
            Rules rules,
            Clock clock) {
        SendPartition.Parts parts = new SendPartition.Parts(
                jdbc,
                new Deliveries(jdbc),
                order,
                new RequestPreparer(adjust.referenceParameter()),
                client,
                new SendPolicy(rules, () -> ThreadLocalRandom.current().nextLong()),
                suppressedDevices,
                privacyKeys,
                clock,
                warehouse.purchase().transactionUnique(),
                SendPartition.CHUNK_SIZE);
        return new SendSteps(jobRepository, currentRun, adjust.partitions(), parts);
    }

    @Bean
    Rules rules(Environment environment) {
        return PolicySettings.rules(environment);
    }

    @Bean
    SendOrder sendOrder(JdbcClient jdbc, AdjustSettings adjust, Clock clock) {
        return new SendOrder(jdbc, adjust, clock);
    }

    @Bean
    SuppressedDevices suppressedDevices(JdbcClient jdbc) {
        return new SuppressedDevices(jdbc);
    }

    @Bean
    PrivacyKeys privacyKeys(JdbcClient jdbc, PrivacySettings privacy) {
        return new PrivacyKeys(jdbc, privacy.key());
    }

    @Bean
    InDoubtRows inDoubtRows(JdbcClient jdbc) {
        return new InDoubtRows(jdbc);
    }

    @Bean
    UnstagedRows unstagedRows(JdbcClient jdbc, RelationInspector inspector, WarehouseSettings warehouse) {
        return new UnstagedRows(jdbc, inspector, warehouse);
    }

    @Bean
    RefusedRows refusedRows(JdbcClient jdbc, WarehouseSettings warehouse) {
        return new RefusedRows(jdbc, warehouse.purchase().transactionUnique());
    }

    @Bean
    Replay replay(
            RefusedRows refusedRows,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            RelationInspector inspector,
            WarehouseSettings warehouse,
            AdjustSettings adjust,
            LedgerCommands commands,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        return new Replay(
                refusedRows,
                suppressedDevices,
                privacyKeys,
                inspector,
                warehouse,
                adjust,
                commands,
                transactionManager,
                clock);
    }
}
