package io.adjustbatch.job;

import io.adjustbatch.adjust.Outcome;
import io.adjustbatch.policy.Decision;

/** What became of a row whose intent was committed, and what is done about it. */
record Answer(Dispatch.Send send, Outcome outcome, Decision decision) {}
