/**
 * The page that people read of a run or a period: what happened, its tables and charts, and what to do next.
 */
@NullMarked
package io.adjustbatch.audit.page;

import org.jspecify.annotations.NullMarked;
