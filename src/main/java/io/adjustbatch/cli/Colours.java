package io.adjustbatch.cli;

import java.util.Map;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.AttributedString;

/** Paints words, if whoever reads them sees colours. */
enum Colours {
    SHOWN {
        @Override
        String paint(Tone tone, String text) {
            return new AttributedString(text, tone.style()).toAnsi();
        }
    },
    NONE {
        @Override
        String paint(Tone tone, String text) {
            return text;
        }
    };

    abstract String paint(Tone tone, String text);

    /** Only a terminal that can show colours gets some, and only if {@code NO_COLOR} (no-color.org) does not forbid it. */
    static Colours ofStandardOutput() {
        return of(System.getenv(), Terminals.are(SystemStream.Output));
    }

    static Colours of(Map<String, String> environment, boolean terminal) {
        boolean forbidden = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return terminal && !forbidden ? SHOWN : NONE;
    }
}
