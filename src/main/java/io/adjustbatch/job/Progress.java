package io.adjustbatch.job;

import java.time.Duration;

/**
 * How far a run has come, for the eyes of a person; never a source of totals.
 *
 * @param phase what the run is doing
 * @param settled rows of this phase that have left the open states or wait for another try; staged rows while staging
 * @param expected rows that the phase set out with; 0 if unknown
 * @param inFlight requests on the wire
 * @param elapsed since the run began
 */
public record Progress(Phase phase, long settled, long expected, int inFlight, Duration elapsed) {

    /** The parts of a run, in their order. */
    public enum Phase {
        STARTING("starting"),
        STAGING("staging"),
        SENDING_SESSIONS("sending sessions"),
        SENDING("sending purchases and ad revenue"),
        RECONCILING("reconciling"),
        REPORTING("reporting");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        /** The phase in lower-case words. */
        public String words() {
            return words;
        }
    }
}
