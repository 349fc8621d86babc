package io.adjustbatch.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Objects;
import org.jline.terminal.spi.SystemStream;

/** A question to the person at the terminal, to which anything but yes is no. */
final class Question {

    private Question() {}

    /** Whether somebody sits there. */
    static boolean canBeAsked() {
        return Terminals.are(SystemStream.Input, SystemStream.Error);
    }

    /** Asks on standard error and waits for the answer. */
    static boolean isAnsweredYes(PrintWriter err, String question) {
        err.print(question + " [y/N] ");
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
