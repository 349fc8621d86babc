package io.adjustbatch.job;

import io.adjustbatch.adjust.AdjustClient;
import io.adjustbatch.adjust.Endpoint;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.ledger.Deliveries;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Settlement;
import io.adjustbatch.policy.SendPolicy;
import io.adjustbatch.warehouse.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sends the rows of one partition: commits intents, sends, and settles the answers as they come, both in one statement,
 * with no transaction open over HTTP. What is on the wire or in the {@link Outbox} stays from one chunk to the next, so
 * that the wire never runs empty at a chunk's end.
 *
 * <p>All state belongs to the partition's thread; the HTTP client's threads only put answers into the queue. After a
 * crash everything that this object knew stands in the ledger.
 */
final class SendLoop {

    /** Rows that may wait here before no further chunk is taken. */
    private static final int MOST_WAITING = 10_000;

    /** Intents of one statement at most. */
    private static final int MOST_INTENTS = 256;

    private final ActiveRun run;
    private final Kind kind;
    private final Deliveries deliveries;
    private final Clock clock;

    private final Silence silence;
    private final Outbox outbox;
    private final DoubtPlaces places;
    private final Answers answers = new Answers();
    private final Exchanges exchanges;
    private final List<Settlement> settlements = new ArrayList<>();
    private final SendTally tally = new SendTally();

    /** Rows whose intent is committed and whose settlement is not. */
    private int open;

    SendLoop(
            ActiveRun run,
            Kind kind,
            Deliveries deliveries,
            AdjustClient client,
            SendPolicy policy,
            Clock clock,
            BlockedLanes blocked,
            Silence silence) {
        this.run = run;
        this.kind = kind;
        this.deliveries = deliveries;
        this.clock = clock;
        this.silence = silence;
        this.exchanges = new Exchanges(run, kind, client, policy, silence, clock, answers);
        this.outbox = new Outbox(run, blocked, clock, silence, settlements);
        this.places = new DoubtPlaces(run.doubtBudget());
    }

    SendTally tally() {
        return tally;
    }

    /** Takes a chunk, and returns when all of it that could leave has left. */
    void send(Iterable<? extends Dispatch> chunk) throws InterruptedException {
        silence.over(chunk).forEach(this::take);
        while (!run.isStopping() && (outbox.ready() > 0 || !settlements.isEmpty() || outbox.waiting() > MOST_WAITING)) {
            turn();
        }
    }

    /** Sends what is left and returns when every answer is settled; after a stop it only settles what is on the wire. */
    void finish() throws InterruptedException {
        while (open > 0 || !settlements.isEmpty() || (!run.isStopping() && !outbox.isEmpty())) {
            turn();
        }
        places.giveBack(0);
    }

    private void take(Dispatch dispatch) {
        if (dispatch instanceof Dispatch.Send send) {
            run.limits().fit(kind, send.target().appToken());
            outbox.add(send);
        } else if (!run.isStopping()) {
            settleUnsent((Dispatch.Settle) dispatch);
        }
    }

    private void settleUnsent(Dispatch.Settle settle) {
        Settlement settlement = settle.settlement();
        run.noteUnsent(kind, settle.row(), settlement.errorClass());
        settlements.add(settlement);
        if (!settlement.to().isFinal()) {
            outbox.holdBehind(settle.row());
        }
    }

    private void turn() throws InterruptedException {
        if (open > 0) {
            answers.gather(enough()).forEach(this::settle);
        }
        List<Dispatch.Send> next = chooseNext();
        if (!next.isEmpty() || !settlements.isEmpty()) {
            exchange(next);
        } else if (open == 0) {
            run.pause(Answers.GATHER);
        }
    }

    /** A quarter of the window, within bounds. */
    private int enough() {
        return Math.min(open, Math.max(16, Math.min(MOST_INTENTS, run.pacing().maxInFlight() / 4)));
    }

    private void settle(Answer answer) {
        OpenRow row = answer.send().row();
        Settlement settlement = answer.settlement();
        settlements.add(settlement);
        open--;
        if (settlement.errorClass() == ErrorClass.OPTED_OUT) {
            silence.optOut(row, settlement.httpStatus());
        }
        if (settlement.to().isFinal()) {
            outbox.settled(row);
        } else if (settlement.to() == RowState.PENDING && isSoon(settlement)) {
            outbox.tryAgain(answer.send().after(settlement));
        } else {
            outbox.leaveOpen(row);
        }
    }

    private boolean isSoon(Settlement settlement) {
        Instant next = settlement.nextAttemptAt();
        return next != null && next.isBefore(clock.instant().plus(OpenRowItemReader.SOON));
    }

    /** As many ready rows as the doubt budget and the pace let go; none once the run is to end. */
    private List<Dispatch.Send> chooseNext() throws InterruptedException {
        if (run.isStopping()) {
            outbox.clear();
            return List.of();
        }
        Endpoint endpoint = Endpoint.of(kind);
        int wanted = Math.min(MOST_INTENTS, Math.min(outbox.ready(), run.roomForIntents()));
        int permitted = run.pacing().take(endpoint, places.ask(wanted, open));
        List<Dispatch.Send> next = outbox.take(permitted);
        run.pacing().giveBack(endpoint, permitted - next.size());
        if (next.isEmpty() && settlements.isEmpty()) {
            places.giveBack(open);
        }
        return next;
    }

    private void exchange(List<Dispatch.Send> next) throws InterruptedException {
        List<OpenRow> intents = next.stream().map(Dispatch.Send::row).toList();
        Deliveries.Recorded recorded = deliveries.record(kind, run.token(), settlements, intents, silence.unrecorded());
        silence.recorded();
        closeSettlements(recorded.settled());
        open += recorded.intended().size();
        // not before: another partition would commit intents while these rows still stood as on the wire
        places.giveBack(open);
        for (Dispatch.Send send : next) {
            if (recorded.intended().contains(send.row().rowId())) {
                exchanges.begin(send);
            } else {
                run.pacing().giveBack(send.target().endpoint(), 1);
                outbox.leaveOpen(send.row());
            }
        }
    }

    /** An answer that the ledger does not take proves that another run has taken over. */
    private void closeSettlements(Set<Long> recorded) {
        int refused = 0;
        for (Settlement settlement : settlements) {
            if (recorded.contains(settlement.rowId())) {
                tally.add(settlement.to());
                run.addSettled(settlement.to() == RowState.PENDING ? 0 : 1);
            } else if (settlement.from() == RowState.SENDING) {
                refused++;
            }
        }
        if (refused > 0) {
            throw new FencedException(refused);
        }
        settlements.clear();
    }
}
