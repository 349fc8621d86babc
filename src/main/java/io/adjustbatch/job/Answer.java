package io.adjustbatch.job;

import io.adjustbatch.adjust.Outcome;

/** What became of a row that was on the wire. */
record Answer(Dispatch.Send send, Outcome outcome) {}
