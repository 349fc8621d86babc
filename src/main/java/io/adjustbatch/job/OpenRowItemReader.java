package io.adjustbatch.job;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.ledger.Buckets;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.OpenRows;
import io.adjustbatch.ledger.Position;
import io.adjustbatch.ledger.Restaging;
import io.adjustbatch.policy.Target;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads the open rows of one partition once, in the order of sending, and passes over what is halted or stands behind a
 * row that was left open. It saves no position: what is open stands in the ledger. For one thread.
 */
final class OpenRowItemReader implements ItemReader<OpenRow> {

    /** What is due within this time is read, and waited for before it is sent; the rest is left to the next run. */
    static final Duration SOON = Duration.ofMinutes(2);

    /** With more blocked lanes than this, the rows behind them are marked in the ledger instead: memory is bounded. */
    private static final int MOST_BLOCKED_LANES = 100_000;

    private final ActiveRun run;
    private final OpenRows openRows;
    private final Restaging restaging;
    private final SendOrder order;
    private final Buckets buckets;
    private final BlockedLanes blocked;
    private final Clock clock;
    private final int pageSize;

    private Iterator<OpenRow> page = List.<OpenRow>of().iterator();
    private @Nullable Position last;

    OpenRowItemReader(
            ActiveRun run,
            OpenRows openRows,
            Restaging restaging,
            SendOrder order,
            Buckets buckets,
            BlockedLanes blocked,
            Clock clock,
            int pageSize) {
        this.run = run;
        this.openRows = openRows;
        this.restaging = restaging;
        this.order = order;
        this.buckets = buckets;
        this.blocked = blocked;
        this.clock = clock;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable OpenRow read() {
        while (!run.isStopping()) {
            if (!page.hasNext()) {
                page = nextPage().iterator();
                if (!page.hasNext()) {
                    return null;
                }
            }
            OpenRow row = page.next();
            last = row.position();
            if (!blocked.contains(row.lane()) && !run.halts().covers(target(row))) {
                return run.takeTicket(row.kind()) ? row : null;
            }
        }
        return null;
    }

    private List<OpenRow> nextPage() {
        if (blocked.size() > MOST_BLOCKED_LANES) {
            order.hold(openRows.kind(), buckets, run.token());
            blocked.clear();
        }
        List<OpenRow> rows = openRows.page(buckets, last, clock.instant().plus(SOON), pageSize);
        List<Long> outdated =
                rows.stream().filter(OpenRow::isOutdated).map(OpenRow::rowId).toList();
        if (outdated.isEmpty()) {
            return rows;
        }
        restaging.restage(run.token(), outdated);
        order.afterRestaging(openRows.kind(), buckets, run.token());
        return openRows.page(buckets, last, clock.instant().plus(SOON), pageSize);
    }

    private static Target target(OpenRow row) {
        return new Target(
                Endpoint.of(row.kind()),
                Objects.requireNonNullElse(row.frozen().appToken(), ""),
                row.frozen().eventToken(),
                row.live() == null ? null : row.live().parameters().get("os_name"));
    }
}
