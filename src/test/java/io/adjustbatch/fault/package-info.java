/**
 * The promises about death, shown by force: whole processes that are killed, stopped and started at the wrong moment. They
 * take minutes, and so run only in the profile {@code faults}.
 */
@NullMarked
package io.adjustbatch.fault;

import org.jspecify.annotations.NullMarked;
