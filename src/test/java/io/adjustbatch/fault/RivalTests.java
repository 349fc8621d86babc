package io.adjustbatch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of two commands that are started together one works, and the other says so and does nothing. */
@Tag("faults")
class RivalTests {

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    @AutoClose
    private final CountingAdjust adjust = new CountingAdjust(0);

    private final Warehouse warehouse = new Warehouse(database.dataSource());

    @TempDir
    private Path directory = Path.of("");

    @Test
    @Timeout(300)
    void onlyOneOfTwoRunsWorks() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            warehouse.add(20, 20);
            oneOfTwoWorks("run");
        }
        assertThat(adjust.counts()).hasSize((int) warehouse.rows());
        assertThat(adjust.repeated()).isEmpty();
    }

    @Test
    @Timeout(120)
    void onlyOneOfTwoRestartsWorks() throws InterruptedException {
        warehouse.add(20, 20);
        BatchProcess died = start("run");
        adjust.after(5, died::kill);
        assertThat(died.exitCode()).isEqualTo(137);

        oneOfTwoWorks("restart");

        assertThat(adjust.repeated()).isEmpty();
    }

    /** Nothing is answered until one of them has given up, so that the other cannot have ended before. */
    private void oneOfTwoWorks(String command) throws InterruptedException {
        adjust.hold();
        List<BatchProcess> rivals = List.of(start(command), start(command));
        BatchProcess loser = firstToEnd(rivals);
        assertThat(loser.exitCode()).as(loser.output()).isEqualTo(5);
        assertThat(loser.output()).contains("another command holds the lock: adjust-batch process ", " since ");
        adjust.release();
        BatchProcess winner = rivals.get(loser == rivals.get(0) ? 1 : 0);
        assertThat(winner.exitCode()).as(winner.output()).isIn(0, 3);
    }

    private static BatchProcess firstToEnd(List<BatchProcess> processes) throws InterruptedException {
        while (true) {
            for (BatchProcess process : processes) {
                if (process.endsWithin(Duration.ofMillis(100))) {
                    return process;
                }
            }
        }
    }

    private BatchProcess start(String command) {
        return BatchProcess.start(BatchProcess.Address.of(database), adjust, directory, command);
    }
}
