/** What tests of several packages share. */
@NullMarked
package io.adjustbatch.testing;

import org.jspecify.annotations.NullMarked;
