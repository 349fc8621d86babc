package io.adjustbatch.cli;

import io.adjustbatch.job.FirstStaging;
import java.io.PrintWriter;

/** Asks the person at the terminal before the first rows of a relation are sent; sends without asking where nobody is. */
final class FirstStagingQuestion implements FirstStaging {

    private final PrintWriter err;

    FirstStagingQuestion(PrintWriter err) {
        this.err = err;
    }

    @Override
    public boolean mayBeSent(long rows) {
        return !Question.canBeAsked()
                || Question.isAnsweredYes(
                        err, "%nThis is the first staging: %,d rows will be sent to Adjust. Go on?".formatted(rows));
    }
}
