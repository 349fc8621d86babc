package io.adjustbatch.cli;

import io.adjustbatch.job.FirstStaging;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Objects;
import org.jline.terminal.spi.SystemStream;

/** Asks the person at the terminal before the first rows of a relation are sent; sends without asking where nobody is. */
final class FirstStagingQuestion implements FirstStaging {

    private final PrintWriter err;

    FirstStagingQuestion(PrintWriter err) {
        this.err = err;
    }

    @Override
    public boolean mayBeSent(long rows) {
        if (!Terminals.are(SystemStream.Input, SystemStream.Error)) {
            return true;
        }
        err.printf("%nThis is the first staging: %,d rows will be sent to Adjust. Go on? [y/N] ", rows);
        err.flush();
        return isYes(answer());
    }

    static boolean isYes(String answer) {
        String word = answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }

    private static String answer() {
        try {
            // not closed: standard input is the process's
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            return Objects.requireNonNullElse(input.readLine(), "");
        } catch (IOException e) {
            return "";
        }
    }
}
