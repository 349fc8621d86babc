package io.adjustbatch.cli;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Tells whether a person sits there. */
final class Terminals {

    private Terminals() {}

    /** Whether all of these streams are a terminal; false where that cannot be found out (Windows). */
    static boolean are(SystemStream... streams) {
        try {
            TerminalProvider provider = TerminalProvider.load("exec");
            for (SystemStream stream : streams) {
                if (!provider.isSystemStream(stream)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
