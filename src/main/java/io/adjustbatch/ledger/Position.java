package io.adjustbatch.ledger;

import java.time.Instant;

/**
 * Where an open row stands in the order of sending: bucket by bucket, in each by time, then by id. Lies in the open
 * index in this order.
 *
 * @param bucket 0 to 255
 */
public record Position(int bucket, Instant occurredAt, long rowId) {}
