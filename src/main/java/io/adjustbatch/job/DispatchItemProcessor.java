package io.adjustbatch.job;

import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.Preparation;
import io.adjustbatch.adjust.RequestPreparer;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Settlement;
import io.adjustbatch.policy.Target;
import io.adjustbatch.warehouse.WarehouseRow;
import java.time.Clock;
import java.util.Objects;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Turns an open row into a request, or into the reason why it is not sent. Pure: no I/O, and no row makes it throw. */
final class DispatchItemProcessor implements ItemProcessor<OpenRow, Dispatch> {

    private final RequestPreparer preparer;
    private final Clock clock;

    DispatchItemProcessor(RequestPreparer preparer, Clock clock) {
        this.preparer = preparer;
        this.clock = clock;
    }

    @Override
    public Dispatch process(OpenRow row) {
        if (row.stagingFault() != null) {
            return refused(row, row.stagingFault());
        }
        WarehouseRow toSend = row.toSend();
        if (toSend == null) {
            return refused(row, "the row is gone from the warehouse relation");
        }
        return dispatch(row, toSend);
    }

    private Dispatch dispatch(OpenRow row, WarehouseRow toSend) {
        Preparation preparation = preparer.prepare(toSend, clock.instant());
        if (preparation instanceof Preparation.Ready ready) {
            return new Dispatch.Send(row, ready.request(), target(toSend));
        }
        if (preparation instanceof Preparation.NotYet notYet) {
            return new Dispatch.Settle(row, Settlement.deferred(row, notYet.dueAt(), notYet.reason()));
        }
        Preparation.Refused refused = (Preparation.Refused) preparation;
        RowState state = refused.errorClass() == ErrorClass.TOO_OLD ? RowState.EXPIRED : RowState.INVALID;
        return new Dispatch.Settle(row, Settlement.refused(row, state, refused.errorClass(), refused.reason()));
    }

    private static Dispatch refused(OpenRow row, String reason) {
        return new Dispatch.Settle(row, Settlement.refused(row, RowState.INVALID, ErrorClass.INVALID_ROW, reason));
    }

    private static Target target(WarehouseRow row) {
        return new Target(
                Endpoint.of(row.kind()),
                Objects.requireNonNullElse(row.appToken(), ""),
                row.eventToken(),
                row.parameters().get("os_name"));
    }
}
