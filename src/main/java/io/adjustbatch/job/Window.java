package io.adjustbatch.job;

import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.policy.CongestionWindow;
import java.time.Duration;

/** The exchanges on the wire, no more than the congestion window allows. Threads may share it. */
final class Window {

    private final CongestionWindow congestion;
    private int inFlight;

    Window(int maxInFlight) {
        this.congestion = new CongestionWindow(maxInFlight);
    }

    /** Waits until one more request may be on the wire. */
    synchronized void enter() throws InterruptedException {
        while (inFlight >= congestion.size()) {
            wait();
        }
        inFlight++;
    }

    /** A request has come to its end. */
    synchronized void leave(Outcome outcome, Duration latency) {
        congestion.note(outcome, latency);
        leaveUnused();
    }

    /** A request was not sent after all. */
    synchronized void leaveUnused() {
        inFlight--;
        notifyAll();
    }

    synchronized int inFlight() {
        return inFlight;
    }

    /** How many may be on the wire now. */
    synchronized int size() {
        return congestion.size();
    }
}
