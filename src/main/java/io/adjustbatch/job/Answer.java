package io.adjustbatch.job;

import io.adjustbatch.ledger.Settlement;

/** A row whose intent was committed, and what has become of it. */
record Answer(Dispatch.Send send, Settlement settlement) {}
