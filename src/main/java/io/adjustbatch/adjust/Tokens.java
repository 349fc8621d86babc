package io.adjustbatch.adjust;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The S2S tokens that authorize requests (dev.adjust.com, "S2S security"): one for all apps, and one for each app that
 * has its own. Never shown: not by {@link #toString()}, nor in any message.
 */
public final class Tokens {

    /** No token at all: every send ends in {@link ErrorClass#AUTH_FAULT}. */
    public static final Tokens NONE = new Tokens(null, Map.of());

    private final @Nullable String common;
    private final Map<String, String> byApp;

    /**
     * @param common {@code adjust.token}, for every app without its own; null if there is none
     * @param byApp {@code adjust.apps.<app_token>.token}, keyed by app token
     * @throws IllegalArgumentException if a token is blank or holds anything but visible ASCII characters; the message
     *     starts with the setting's key
     */
    public Tokens(@Nullable String common, Map<String, String> byApp) {
        if (common != null) {
            check("adjust.token", common);
        }
        byApp.forEach((app, token) -> check("adjust.apps." + app + ".token", token));
        this.common = common;
        this.byApp = Map.copyOf(byApp);
    }

    /**
     * The token in the first line of a file, without the blanks around it: {@code adjust.token-file}.
     *
     * @throws IllegalArgumentException if the file is missing, unreadable or its first line holds no token; the message
     *     names the file and shows nothing of its content
     */
    public static String readFile(Path file) {
        String key = "adjust.token-file " + file;
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            if (line == null || line.isBlank()) {
                throw new IllegalArgumentException(key + " must hold the S2S token in its first line, which is empty");
            }
            String token = line.strip();
            check(key, token);
            return token;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(key + " does not exist", e);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException(key + " must be a text file that holds the S2S token", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    key + " cannot be read (" + e.getClass().getSimpleName()
                            + "): is it a file, and may this user read it?",
                    e);
        }
    }

    /** The token for an app: its own, else the common one; null if there is neither. */
    public @Nullable String forApp(String appToken) {
        String own = byApp.get(appToken);
        return own != null ? own : common;
    }

    /** Whether there is a token for at least one app. */
    public boolean anyConfigured() {
        return common != null || !byApp.isEmpty();
    }

    private static void check(String key, String token) {
        if (token.isBlank()) {
            throw new IllegalArgumentException(key + " must not be blank: leave it out, or give Adjust's S2S token");
        }
        if (!token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    key + " must be visible ASCII characters without blanks (is it the token, whole and alone?)");
        }
    }

    /** Says how many there are, and shows none. */
    @Override
    public String toString() {
        return "Tokens[" + (common == null ? "no common token" : "a common token") + ", " + byApp.size() + " of apps]";
    }
}
