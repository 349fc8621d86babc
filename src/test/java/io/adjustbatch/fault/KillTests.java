package io.adjustbatch.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.Application;
import io.adjustbatch.job.LedgerCommands;
import io.adjustbatch.ledger.InDoubtRows;
import io.adjustbatch.ledger.InDoubtRows.Finding;
import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run that is killed again and again loses nothing, doubles nothing, and names what it cannot know. */
@Tag("faults")
class KillTests {

    private static final int KILLS = 50;
    private static final int MAX_IN_FLIGHT = 16;

    @AutoClose
    private final TestDatabase database = TestDatabase.create();

    @AutoClose
    private final CountingAdjust adjust = new CountingAdjust(4_000);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final Warehouse warehouse = new Warehouse(database.dataSource());
    private final long seed = Long.getLong("faults.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory = Path.of("");

    private long mostInDoubt;

    @Test
    @Timeout(600)
    void losesAndDoublesNothingWhenKilledAtAnyMoment() throws Exception {
        System.err.println("KillTests: -Dfaults.seed=" + seed);
        warehouse.add(8_000, 1_600);
        for (int life = 0; life < KILLS; life++) {
            liveAndDie(life);
            boundOfDoubtHolds(life);
            if (life % 8 == 7 || count("finalized_at IS NULL AND state = 'PENDING'") < 1_000) {
                warehouse.add(1_000, 1_600);
            }
        }
        finishAndCompare();
        resolveByEvidenceAndFinish();
    }

    /** Most lives end in the middle of the traffic, every sixth at a moment that no traffic has anything to do with. */
    private void liveAndDie(int life) throws InterruptedException {
        BatchProcess process = BatchProcess.start(
                BatchProcess.Address.of(database),
                adjust,
                directory,
                life % 3 == 2 ? "restart" : "run",
                "--adjust.max-in-flight=" + MAX_IN_FLIGHT,
                "--adjust.partitions=" + (life % 2 == 0 ? 1 : 16));
        adjust.after(1 + random.nextInt(360), process::kill);
        if (life % 6 == 5 && !process.endsWithin(Duration.ofMillis(500 + random.nextInt(3_000)))) {
            process.kill();
        }
        assertThat(process.exitCode())
                .as("life %d, seed %d: %s", life, seed, process.output())
                .isEqualTo(137);
    }

    private void boundOfDoubtHolds(int life) {
        long onTheWire = count("state = 'SENDING'");
        mostInDoubt = Math.max(mostInDoubt, onTheWire);
        assertThat(onTheWire)
                .as("rows on the wire after life %d, seed %d", life, seed)
                .isLessThanOrEqualTo(2 * MAX_IN_FLIGHT);
    }

    private void finishAndCompare() throws InterruptedException {
        assertThat(run()).as("exit code, seed %d", seed).isEqualTo(3);
        assertThat(adjust.repeated()).as("rows counted twice, seed %d", seed).isEmpty();
        assertThat(count("true")).isEqualTo(warehouse.rows());
        assertThat(count("state NOT IN ('SENT', 'IN_DOUBT', 'HELD')"))
                .as("rows forgotten, seed %d", seed)
                .isZero();
        assertThat(references("state = 'SENT'")).as("sent, seed %d", seed).allMatch(adjust::hasCounted);
        assertThat(references("state = 'HELD'")).as("held, seed %d", seed).noneMatch(adjust::hasCounted);
        BigDecimal doubtful = money("state = 'IN_DOUBT'");
        assertThat(adjust.revenue().subtract(money("state = 'SENT'")))
                .as("money, seed %d", seed)
                .isBetween(BigDecimal.ZERO, doubtful);
        System.err.printf(
                "KillTests: %d kills, %d rows, %d in doubt at the end, at most %d at once (bound %d)%n",
                KILLS, warehouse.rows(), count("state = 'IN_DOUBT'"), mostInDoubt, 2 * MAX_IN_FLIGHT);
    }

    /** As a person does with Adjust's raw data. Then everything is delivered, and nothing twice. */
    private void resolveByEvidenceAndFinish() throws InterruptedException {
        List<String> doubtful = references("state = 'IN_DOUBT'");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .registerShutdownHook(false)
                .run(
                        "--spring.datasource.url=" + database.jdbcUrl(),
                        "--spring.datasource.username=" + database.username(),
                        "--spring.datasource.password=" + database.password())) {
            LedgerCommands commands = context.getBean(LedgerCommands.class);
            for (String row : doubtful) {
                Finding finding = adjust.hasCounted(row) ? Finding.SENT : Finding.NOT_SENT;
                assertThat(commands.resolve(selection(row), finding, "test", "the server's own count"))
                        .isEqualTo(1);
            }
        }
        assertThat(run()).as("exit code, seed %d", seed).isZero();
        assertThat(count("state = 'SENT'")).isEqualTo(warehouse.rows());
        assertThat(adjust.counts()).hasSize((int) warehouse.rows());
        assertThat(adjust.repeated()).isEmpty();
        assertThat(adjust.revenue()).isEqualByComparingTo(money("state = 'SENT'"));
    }

    private static InDoubtRows.Selection selection(String row) {
        int colon = row.indexOf(':');
        return new InDoubtRows.Selection(
                Kind.of(row.substring(0, colon)), Long.parseLong(row.substring(colon + 1)), null, null);
    }

    private int run() throws InterruptedException {
        BatchProcess process = BatchProcess.start(BatchProcess.Address.of(database), adjust, directory, "run");
        int exitCode = process.exitCode();
        System.err.println(process.output());
        return exitCode;
    }

    private long count(String condition) {
        return jdbc.sql("SELECT count(*) FROM adjust_batch.delivery WHERE " + condition)
                .query(Long.class)
                .single();
    }

    private BigDecimal money(String condition) {
        return jdbc.sql("SELECT coalesce(sum(revenue), 0) FROM adjust_batch.delivery WHERE " + condition)
                .query(BigDecimal.class)
                .single();
    }

    private List<String> references(String condition) {
        return jdbc.sql("SELECT kind || ':' || row_id FROM adjust_batch.delivery WHERE " + condition)
                .query(String.class)
                .list();
    }
}
