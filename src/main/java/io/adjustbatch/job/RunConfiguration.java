package io.adjustbatch.job;

import io.adjustbatch.adjust.RequestPreparer;
import io.adjustbatch.audit.Reconciliation;
import io.adjustbatch.audit.files.ReportSettings;
import io.adjustbatch.audit.files.RunReport;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.JournalMonths;
import io.adjustbatch.ledger.PrivacyKeys;
import io.adjustbatch.ledger.Recovery;
import io.adjustbatch.ledger.RefusedRows;
import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.SettingsInForce;
import io.adjustbatch.ledger.SuppressedDevices;
import io.adjustbatch.ledger.UpcomingRows;
import io.adjustbatch.ledger.WaitingRows;
import io.adjustbatch.ledger.WarehouseComparison;
import io.adjustbatch.ledger.Whereabouts;
import io.adjustbatch.policy.Rules;
import io.adjustbatch.warehouse.RelationInspector;
import io.adjustbatch.warehouse.WarehouseSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What surrounds the job: the lock, recovery, launch and conclusion of a run, and what a person may do between runs. */
@Configuration(proxyBeanMethods = false)
class RunConfiguration {

    @Bean
    CurrentRun currentRun(Runs runs, AdjustSettings adjust, Rules rules, Clock clock) {
        return new CurrentRun(runs, adjust.pace(), rules, clock);
    }

    @Bean
    LedgerCommands ledgerCommands(
            JdbcConnectionDetails connection,
            LockSettings lock,
            JournalMonths journalMonths,
            InDoubtRows inDoubtRows,
            RefusedRows refusedRows,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            WarehouseCheck warehouseCheck,
            SendOrder order,
            PlatformTransactionManager transactionManager) {
        return new LedgerCommands(
                lockSource(connection, lock),
                journalMonths,
                inDoubtRows,
                refusedRows,
                suppressedDevices,
                privacyKeys,
                warehouseCheck,
                order,
                new TransactionTemplate(transactionManager));
    }

    @Bean
    NightlyRun nightlyRun(
            JdbcConnectionDetails connection,
            LockSettings lock,
            RunPreparation preparation,
            JobRepository jobRepository,
            JobLaunch launch,
            RunConclusion conclusion,
            RunReport report,
            CurrentRun currentRun,
            Runs runs,
            AdjustSettings adjust,
            WarehouseSettings warehouse,
            Rules rules,
            Clock clock) {
        return new NightlyRun(
                lockSource(connection, lock),
                preparation,
                new Executions(jobRepository),
                launch,
                conclusion,
                report,
                currentRun,
                runs,
                new SettingsInForce(SettingsDigest.of(adjust, warehouse, rules), rules.limits()),
                clock);
    }

    @Bean
    RunPreparation runPreparation(
            @Value("${spring.flyway.enabled:true}") boolean migrates,
            Migration migration,
            WarehouseSettings warehouse,
            DataSource dataSource,
            PrivacyKeys privacyKeys,
            JournalMonths journalMonths,
            Runs runs,
            JobRepository jobRepository,
            Recovery recovery) {
        return new RunPreparation(
                migrates,
                migration,
                warehouse,
                new RelationInspector(dataSource),
                privacyKeys,
                journalMonths,
                runs,
                new Executions(jobRepository),
                recovery);
    }

    @Bean
    Rehearsal rehearsal(
            RunPreparation preparation,
            JdbcTemplate jdbc,
            AdjustSettings adjust,
            WarehouseSettings warehouse,
            SuppressedDevices suppressedDevices,
            PrivacyKeys privacyKeys,
            PlatformTransactionManager transactionManager,
            Clock clock) {
        return new Rehearsal(
                preparation,
                new UpcomingRows(jdbc, warehouse.purchase().transactionUnique()),
                warehouse,
                new RequestPreparer(adjust.referenceParameter()),
                suppressedDevices,
                privacyKeys,
                transactionManager,
                clock);
    }

    @Bean
    JobLaunch jobLaunch(Job nightlyJob, JobOperator jobOperator, CurrentRun currentRun, JdbcClient jdbc) {
        return new JobLaunch(nightlyJob, jobOperator, currentRun, new WaitingRows(jdbc));
    }

    @Bean
    RunConclusion runConclusion(
            DataSource dataSource,
            Recovery recovery,
            WarehouseComparison warehouseComparison,
            InDoubtRows inDoubtRows,
            JournalMonths journalMonths,
            Runs runs,
            RunReport report,
            CurrentRun currentRun,
            PlatformTransactionManager transactionManager) {
        return new RunConclusion(
                recovery,
                journalMonths,
                new Reconciliation(dataSource),
                warehouseComparison,
                inDoubtRows,
                runs,
                report,
                currentRun,
                transactionManager);
    }

    @Bean
    RunReport runReport(DataSource dataSource, ReportSettings settings) {
        return new RunReport(dataSource, settings.directory());
    }

    @Bean
    WarehouseComparison warehouseComparison(JdbcClient jdbc, WarehouseSettings warehouse) {
        return new WarehouseComparison(
                jdbc, warehouse.lookback(), warehouse.since().instant());
    }

    @Bean
    WarehouseCheck warehouseCheck(RunPreparation preparation, WarehouseComparison comparison) {
        return new WarehouseCheck(preparation, comparison);
    }

    /** Every call opens a connection; its name tells whoever meets the lock who holds it. */
    private static DataSource lockSource(JdbcConnectionDetails connection, LockSettings lock) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(lock.urlOr(connection.getJdbcUrl()));
        source.setUser(connection.getUsername());
        source.setPassword(connection.getPassword());
        source.setTcpKeepAlive(true);
        source.setApplicationName(
                "adjust-batch process " + ProcessHandle.current().pid() + " on " + host());
        return source;
    }

    @Bean
    Whereabouts whereabouts() {
        return new Whereabouts(host(), ProcessHandle.current().pid());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
