package io.adjustbatch.audit;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.ledger.HaltedScope;
import io.adjustbatch.ledger.RunHalts;
import io.adjustbatch.policy.Remedy;
import io.adjustbatch.policy.Scope;
import io.adjustbatch.policy.Target;
import io.adjustbatch.warehouse.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds what keeps an open row from leaving: what the last run halted, or else what the row itself was answered and what
 * its run halted for that.
 */
final class RowHalts {

    private final JdbcClient jdbc;

    RowHalts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What keeps the row; null if nothing is known to.
     *
     * @param last the row's last journal entry; null if it has none
     */
    @Nullable
    RowHalt find(Kind kind, @Nullable String appToken, @Nullable String eventToken, RowLife.@Nullable Entry last) {
        Target target = new Target(Endpoint.of(kind), appToken == null ? "" : appToken, eventToken, null);
        Optional<RowHalt> ofLastRun = lastRun().flatMap(run -> ofRun(run, target));
        return ofLastRun.or(() -> ofAnswer(target, kind, last)).orElse(null);
    }

    private Optional<Long> lastRun() {
        return jdbc.sql("SELECT run_id FROM adjust_batch.run ORDER BY run_id DESC LIMIT 1")
                .query(Long.class)
                .optional();
    }

    private Optional<RowHalt> ofRun(long runId, Target target) {
        return new RunHalts(jdbc)
                .of(runId).stream()
                        .filter(halt -> Scope.mayReach(halt.scope(), target))
                        .findFirst()
                        .map(halt -> halt(runId, halt));
    }

    private static RowHalt halt(long runId, HaltedScope halt) {
        return new RowHalt(runId, halt.scope(), halt.cause(), new Remedy(halt.remedy()).sentence());
    }

    private Optional<RowHalt> ofAnswer(Target target, Kind kind, RowLife.@Nullable Entry last) {
        if (last == null || last.errorClass() == null || !Fault.CLASSES.contains(last.errorClass())) {
            return Optional.empty();
        }
        Optional<RowHalt> halted = Optional.ofNullable(last.runId()).flatMap(run -> ofRun(run, target));
        Fault fault = new Fault(
                kind, last.errorClass(), target.appToken(), target.eventToken(), last.httpStatus(), last.message(), 1);
        return halted.or(() -> Optional.of(new RowHalt(last.runId(), null, null, fault.remedy())));
    }
}
