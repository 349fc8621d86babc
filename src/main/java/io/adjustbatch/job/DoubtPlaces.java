package io.adjustbatch.job;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One partition's places in the run-wide doubt budget: a place for each row between the commit of its intent and the
 * commit of its settlement. A settled row's place is handed on to the next one. For one thread.
 */
final class DoubtPlaces {

    private final Semaphore budget;
    private int held;

    DoubtPlaces(Semaphore budget) {
        this.budget = budget;
    }

    /**
     * Asks for places for so many more rows.
     *
     * @param taken rows that have one already
     * @return how many rows may go; without rows of its own the partition waits a moment for the first place
     */
    int ask(int wanted, int taken) throws InterruptedException {
        int missing = wanted - (held - taken);
        while (missing > 0) {
            int available = Math.min(missing, budget.availablePermits());
            if (available <= 0 || budget.tryAcquire(available)) {
                held += Math.max(0, available);
                break;
            }
        }
        if (wanted > 0 && held == 0 && budget.tryAcquire(5, TimeUnit.MILLISECONDS)) {
            held = 1;
        }
        return Math.min(wanted, held - taken);
    }

    /** Gives back what is not needed for so many rows. */
    void giveBack(int taken) {
        budget.release(held - taken);
        held = taken;
    }
}
