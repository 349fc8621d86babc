package io.adjustbatch.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;

/**
 * Writes {@code report.html}: one page that needs no network and no other file, and that runs nothing but its own script.
 * Its Content-Security-Policy allows exactly the style sheet and the script that stand in it, by their digests, so that
 * even text that got past the escaping could neither run nor fetch anything. Threads may share it.
 */
final class ReportPage {

    static final String NAME = "report.html";

    private final Template template;
    private final Map<String, String> frame;

    ReportPage() {
        String style = resource("report.css");
        String script = resource("report.js");
        frame = Map.of(
                "style", style,
                "script", script,
                "policy",
                        "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
                                .formatted(digest(style), digest(script)));
        template = Mustache.compiler()
                .escapeHTML(true)
                .nullValue("")
                .emptyStringIsFalse(true)
                .withLoader(name -> new StringReader(resource(name + ".mustache")))
                .compile(resource("report.mustache"));
    }

    ReportFile write(Path folder, PageContent content, long rows) throws IOException {
        try (DigestedFile file = new DigestedFile(folder, NAME);
                Writer html = new OutputStreamWriter(file.bytes(), UTF_8)) {
            template.execute(content, frame, html);
            html.flush();
            return file.finish(rows);
        }
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(ReportPage.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " of the program itself", e);
        }
    }
}
