package io.adjustbatch.ledger;

/**
 * Which run writes, and by which execution. The ledger takes new intents only from the execution that its run names:
 * one that lost its lock without noticing can start nothing.
 */
public record RunToken(long runId, long executionId) {}
