/**
 * The files that a run or a period leaves in the report directory, whole or not at all.
 */
@NullMarked
@NamedInterface("files")
package io.adjustbatch.audit.files;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
