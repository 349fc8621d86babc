package io.adjustbatch.job;

import io.adjustbatch.ledger.Runs;
import io.adjustbatch.ledger.Staging;
import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.WarehouseSettings;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.flow.support.SimpleFlow;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The job: stage, send sessions, then send purchases and ad revenue side by side. Sessions go first, for Adjust refuses
 * an event of a device that it has not seen.
 */
@Configuration(proxyBeanMethods = false)
class NightlyJobConfiguration {

    static final String JOB_NAME = "nightly";

    @Bean
    Job nightlyJob(JobRepository jobRepository, CurrentRun currentRun, Step stage, SendSteps sendSteps) {
        Flow purchasesBesideAdRevenue = new FlowBuilder<SimpleFlow>("purchasesBesideAdRevenue")
                .split(new SimpleAsyncTaskExecutor("send-"))
                .add(flow(sendSteps.step(Kind.PURCHASE)), flow(sendSteps.step(Kind.AD_REVENUE)))
                .build();
        Flow nightly = new FlowBuilder<SimpleFlow>(JOB_NAME)
                .start(stage)
                .next(sendSteps.step(Kind.SESSION))
                .next(purchasesBesideAdRevenue)
                .build();
        return new JobBuilder(JOB_NAME, jobRepository)
                .listener(currentRun)
                .start(nightly)
                .end()
                .build();
    }

    @Bean
    Step stage(
            JobRepository jobRepository,
            CurrentRun currentRun,
            Staging staging,
            Runs runs,
            WarehouseSettings warehouse) {
        return new StepBuilder("stage", jobRepository)
                .tasklet(new StageTasklet(currentRun, staging, runs, warehouse))
                .build();
    }

    private static Flow flow(Step step) {
        return new FlowBuilder<SimpleFlow>(step.getName()).start(step).build();
    }
}
