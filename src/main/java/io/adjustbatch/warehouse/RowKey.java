package io.adjustbatch.warehouse;

/** A row of the warehouse by its kind and its id there. */
public record RowKey(Kind kind, long id) {

    /** As people write it: {@code purchase:4711}. */
    @Override
    public String toString() {
        return kind.key() + ":" + id;
    }
}
