/** Reports a warehouse's sessions, purchases and ad revenue to Adjust every night, and can prove it. */
@NullMarked
package io.adjustbatch;

import org.jspecify.annotations.NullMarked;
