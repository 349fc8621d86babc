package io.adjustbatch.job;

import io.adjustbatch.adjust.AdjustClient;
import io.adjustbatch.ledger.Deliveries;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.RowState;
import io.adjustbatch.ledger.Settlement;
import io.adjustbatch.policy.Action;
import io.adjustbatch.policy.Attempt;
import io.adjustbatch.policy.Decision;
import io.adjustbatch.policy.Halt;
import io.adjustbatch.policy.SendPolicy;
import io.adjustbatch.warehouse.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final AdjustClient client;
    private final SendPolicy policy;
    private final Clock clock;

    private final Silence silence;
    private final Outbox outbox;
    private final DoubtPlaces places;
    private final Answers answers = new Answers();
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
        this.client = client;
        this.policy = policy;
        this.clock = clock;
        this.silence = silence;
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
            outbox.add(send);
            return;
        }
        Dispatch.Settle settle = (Dispatch.Settle) dispatch;
        settlements.add(settle.settlement());
        if (!settle.settlement().to().isFinal()) {
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
        return Math.min(open, Math.max(16, Math.min(MOST_INTENTS, run.maxInFlight() / 4)));
    }

    private void settle(Answer answer) {
        Dispatch.Send send = answer.send();
        OpenRow row = send.row();
        run.halts().note(new Halt(answer.outcome().scope(), send.target(), answer.outcome()));
        Decision decision =
                policy.decide(new Attempt(kind, answer.outcome(), row.errorClass(), row.tries(), clock.instant()));
        Settlement settlement = Settlement.answered(row, answer.outcome(), decision);
        settlements.add(settlement);
        open--;
        if (decision.action() == Action.SUPPRESS) {
            silence.optOut(row, answer.outcome());
        }
        if (settlement.to().isFinal()) {
            outbox.settled(row);
        } else if (decision.action() == Action.RETRY && isSoon(settlement)) {
            outbox.tryAgain(new Dispatch.Send(row.afterAttempt(settlement), send.request(), send.target()));
        } else {
            outbox.leaveOpen(row);
        }
    }

    private boolean isSoon(Settlement settlement) {
        return Objects.requireNonNull(settlement.nextAttemptAt())
                .isBefore(clock.instant().plus(OpenRowItemReader.SOON));
    }

    /** As many ready rows as there are places in the doubt budget; none once the run is to end. */
    private List<Dispatch.Send> chooseNext() throws InterruptedException {
        if (run.isStopping()) {
            outbox.clear();
            return List.of();
        }
        return outbox.take(places.ask(Math.min(MOST_INTENTS, outbox.ready()), open));
    }

    private void exchange(List<Dispatch.Send> next) throws InterruptedException {
        List<OpenRow> intents = next.stream().map(Dispatch.Send::row).toList();
        Deliveries.Recorded recorded = deliveries.record(kind, run.token(), settlements, intents, silence.unrecorded());
        silence.recorded();
        closeSettlements(recorded.settled());
        open += recorded.intended().size();
        places.giveBack(open);
        for (Dispatch.Send send : next) {
            if (recorded.intended().contains(send.row().rowId())) {
                leave(send);
            } else {
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

    private void leave(Dispatch.Send send) throws InterruptedException {
        run.window().acquire();
        Settlement silenced = silence.ofIntended(send.row());
        if (silenced != null) {
            run.window().release();
            withdraw(send.row(), silenced);
            return;
        }
        client.send(send.request(), outcome -> {
            silence.hear(send.row(), outcome);
            run.window().release();
            answers.add(new Answer(send, outcome));
        });
    }

    /** Its device has opted out between its intent and its turn. */
    private void withdraw(OpenRow row, Settlement silenced) {
        settlements.add(silenced);
        open--;
        outbox.settled(row);
    }
}
