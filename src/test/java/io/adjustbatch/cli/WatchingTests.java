package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.job.Progress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchingTests {

    private static final Progress PROGRESS = new Progress(Progress.Phase.STAGING, 1, 2, 0, Duration.ZERO);

    private final CountDownLatch shown = new CountDownLatch(1);
    private final AtomicBoolean open = new AtomicBoolean();
    private final ProgressView view = new ProgressView() {
        @Override
        public void show(Progress progress) {
            open.set(true);
            shown.countDown();
        }

        @Override
        public void close() {
            open.set(false);
        }
    };

    @Test
    void asksWhereNothingIsDrawn() throws InterruptedException {
        try (Watching watching = Watching.start(() -> PROGRESS, view, Duration.ofMillis(1))) {
            shown.await();

            assertThat(watching.ask(() -> !open.get())).isTrue();
            assertThat(watching.ask(() -> false)).isFalse();
        }
        assertThat(open).isFalse();
    }

    @Test
    void waitsForNoAnswerOnceTheQuestionIsWithdrawn() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        CompletableFuture<Boolean> answer;
        try (Watching watching = Watching.start(() -> PROGRESS, view, Duration.ofMillis(1))) {
            answer = CompletableFuture.supplyAsync(() -> watching.ask(() -> {
                asked.countDown();
                return isCountedDown(never);
            }));
            asked.await();

            watching.withdraw();

            assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
            assertThat(open).isFalse();
        }
    }

    @Test
    void asksNothingOnceTheQuestionIsWithdrawn() {
        AtomicBoolean asked = new AtomicBoolean();
        try (Watching watching = Watching.start(() -> PROGRESS, view, Duration.ofMillis(1))) {
            watching.withdraw();

            assertThat(watching.ask(() -> {
                        asked.set(true);
                        return true;
                    }))
                    .isFalse();
        }
        assertThat(asked).isFalse();
    }

    private static boolean isCountedDown(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.HOURS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
