/**
 * PostgreSQL without installing it: a real, durable server below the user's own directory, shared by the processes that
 * use it.
 *
 * <p>Knows nothing of the schemas in it.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.adjustbatch.embedded;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
