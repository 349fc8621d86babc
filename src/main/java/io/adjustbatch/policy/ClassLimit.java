package io.adjustbatch.policy;

import io.adjustbatch.adjust.ErrorClass;
import io.adjustbatch.warehouse.Kind;

/** How many rows of one class and kind a run may meet before it halts. */
public record ClassLimit(ErrorClass errorClass, Kind kind, Limit limit) {}
