/**
 * Commands, their options, what they print and the code they exit with.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "warehouse",
            "adjust",
            "policy",
            "ledger",
            "audit",
            "audit :: files",
            "job",
            "sandbox",
            "embedded"
        })
package io.adjustbatch.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
