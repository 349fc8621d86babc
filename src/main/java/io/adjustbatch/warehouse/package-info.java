/**
 * The rows to send, as records; the relations they come from; loading CSV into them.
 *
 * <p>Only ever reads the company's relations, with SELECT; the one writer here, the CSV loader, fills our own default
 * tables.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.adjustbatch.warehouse;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
