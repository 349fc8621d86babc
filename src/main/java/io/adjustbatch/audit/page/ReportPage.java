package io.adjustbatch.audit.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Writes {@code report.html}: one page that needs no network and no other file, and that runs nothing but the scripts that
 * stand in it. Its Content-Security-Policy allows exactly those and its style sheet, by their digests, so that even text
 * that got past the escaping could neither run nor fetch anything. Threads may share it.
 */
public final class ReportPage {

    public static final String NAME = "report.html";

    private static final String CHART_LIBRARY =
            "classpath*:META-INF/resources/webjars/chart.js/*/dist/chart.umd.min.js";

    private final Template template;
    private final Map<String, Object> frame;

    public ReportPage() {
        String style = resource("report.css");
        List<String> scripts = List.of(chartLibrary(), resource("charts.js"), resource("filter.js"));
        frame = Map.of("style", style, "scripts", scripts, "policy", policy(style, scripts));
        template = Mustache.compiler()
                .escapeHTML(true)
                .nullValue("")
                .emptyStringIsFalse(true)
                .withLoader(name -> new StringReader(resource(name + ".mustache")))
                .compile(resource("report.mustache"));
    }

    /** Writes it in UTF-8 and leaves the stream open. */
    public void write(PageContent content, OutputStream bytes) throws IOException {
        Writer html = new OutputStreamWriter(bytes, UTF_8);
        template.execute(content, frame, html);
        html.flush();
    }

    private static String policy(String style, List<String> scripts) {
        return "default-src 'none'; style-src '%s'; script-src %s; base-uri 'none'; form-action 'none'"
                .formatted(
                        digest(style),
                        scripts.stream()
                                .map(script -> "'" + digest(script) + "'")
                                .collect(Collectors.joining(" ")));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Chart.js, without the line that names a file which is not there. */
    private static String chartLibrary() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources(CHART_LIBRARY);
            if (found.length != 1) {
                throw new IllegalStateException(
                        "one %s is needed, %d are there".formatted(CHART_LIBRARY, found.length));
            }
            return found[0].getContentAsString(UTF_8).replaceFirst("\n//# sourceMappingURL=.*\\s*$", "");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read Chart.js, a part of the program itself", e);
        }
    }

    private static String resource(String name) {
        try {
            return new ClassPathResource(name, ReportPage.class).getContentAsString(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name + " of the program itself", e);
        }
    }
}
