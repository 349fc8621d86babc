package io.adjustbatch.job;

import io.adjustbatch.adjust.AdjustClient;
import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.adjust.FaultScope;
import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.ledger.OpenRow;
import io.adjustbatch.ledger.Settlement;
import io.adjustbatch.policy.Action;
import io.adjustbatch.policy.Attempt;
import io.adjustbatch.policy.Decision;
import io.adjustbatch.policy.SendPolicy;
import io.adjustbatch.warehouse.Kind;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Puts one partition's rows on the wire, and decides about each outcome the moment it is known: what must halt has
 * halted before the next request can leave.
 */
final class Exchanges {

    private final ActiveRun run;
    private final Kind kind;
    private final AdjustClient client;
    private final SendPolicy policy;
    private final Silence silence;
    private final Clock clock;
    private final Answers answers;

    Exchanges(
            ActiveRun run,
            Kind kind,
            AdjustClient client,
            SendPolicy policy,
            Silence silence,
            Clock clock,
            Answers answers) {
        this.run = run;
        this.kind = kind;
        this.client = client;
        this.policy = policy;
        this.silence = silence;
        this.clock = clock;
        this.answers = answers;
    }

    /** Sends a row whose intent is committed; waits for a place in the window. Its end is put among the answers. */
    void begin(Dispatch.Send send) throws InterruptedException {
        run.pacing().window().enter();
        Settlement withdrawn = withdrawn(send);
        if (withdrawn != null) {
            run.pacing().window().leaveUnused();
            run.pacing().giveBack(send.target().endpoint(), 1);
            answers.add(new Answer(send, withdrawn));
            return;
        }
        long began = System.nanoTime();
        client.send(send.request(), outcome -> {
            Decision decision = decide(send.row(), outcome);
            run.note(kind, send.target(), outcome, decision.action());
            silence.hear(send.row(), outcome);
            run.pacing().window().leave(outcome, Duration.ofNanos(System.nanoTime() - began));
            answers.add(new Answer(send, Settlement.answered(send.row(), outcome, decision)));
        });
    }

    private Decision decide(OpenRow row, Outcome outcome) {
        return policy.decide(new Attempt(kind, outcome, row.errorClass(), row.tries(), clock.instant()));
    }

    /** Between its intent and its turn the row's device has opted out, or what it is addressed to was halted. */
    private @Nullable Settlement withdrawn(Dispatch.Send send) {
        Settlement silenced = silence.ofIntended(send.row());
        if (silenced != null || !run.halts().covers(send.target())) {
            return silenced;
        }
        Outcome unsent = new Outcome(ErrorClass.UNAVAILABLE, FaultScope.ROW, null, "not sent: halted", null);
        return Settlement.answered(send.row(), unsent, new Decision(Action.RETRY, 0, clock.instant(), null));
    }
}
