package io.adjustbatch.warehouse;

import java.util.List;
import java.util.stream.Collectors;

/** Relations that rows cannot be read from as they are. Its message lists every problem of every kind at once. */
public final class UnfitRelationsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param fault what, beginning with the setting that names the relation
     * @param remedy what to do about it
     */
    public record Problem(String fault, String remedy) {

        /** Both, as two sentences. */
        @Override
        public String toString() {
            return fault + ". " + remedy + ".";
        }
    }

    UnfitRelationsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, kind by kind; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
