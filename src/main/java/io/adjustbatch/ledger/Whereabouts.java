package io.adjustbatch.ledger;

/** Which process this is: for people who look for it, and to tell its runs from another's. */
public record Whereabouts(String host, long processId) {}
