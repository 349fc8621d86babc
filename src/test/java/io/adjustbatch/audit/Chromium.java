package io.adjustbatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;

/** A Chromium without a window and without a network. Whatever a page complains of on its console fails the test. */
final class Chromium {

    /** Absent where none is installed. */
    static final Optional<Path> INSTALLED = Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
            .filter(Files::isExecutable)
            .findFirst();

    /** Tests read pixels; pages do not. */
    private static final String ADVICE_TO_PROBES = "Multiple readback operations using getImageData";

    /** What somebody reads the page on. */
    enum Screen {
        DESK("1200,1600", "1"),
        DESK_AT_NIGHT("1200,1600", "0"),
        PHONE("390,844", "1");

        private final String size;
        private final String colourScheme;

        Screen(String size, String colourScheme) {
            this.size = size;
            this.colourScheme = colourScheme;
        }
    }

    private final Path directory;

    /** @param directory for what the browser keeps */
    Chromium(Path directory) {
        this.directory = directory;
    }

    /** What is in the window when all scripts have run. */
    Document open(String address, Screen screen) throws IOException, InterruptedException {
        Path dom = directory.resolve("dom.html");
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(INSTALLED.orElseThrow().toString()));
        command.addAll(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + directory.resolve("profile"),
                "--window-size=" + screen.size,
                "--blink-settings=preferredColorScheme=" + screen.colourScheme,
                "--virtual-time-budget=20000",
                "--enable-logging=stderr",
                "--dump-dom",
                address));
        Process browser = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(browser.waitFor(60, TimeUnit.SECONDS))
                    .as("Chromium has ended")
                    .isTrue();
        } finally {
            browser.destroyForcibly();
        }
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains("CONSOLE") && !line.contains(ADVICE_TO_PROBES))
                .isEmpty();
        return Jsoup.parse(Files.readString(dom));
    }

    /**
     * The same with scripts of the test's own at the end of the page. Its policy, which would forbid them, is taken out of
     * the copy that is opened.
     */
    Document probe(Path page, Screen screen, String... scripts) throws IOException, InterruptedException {
        Document copy = Jsoup.parse(Files.readString(page));
        copy.select("meta[http-equiv]").remove();
        for (String script : scripts) {
            copy.body().appendElement("script").appendChild(new DataNode(script));
        }
        Path probed = Files.writeString(directory.resolve("probed.html"), copy.outerHtml());
        return open(probed.toUri().toString(), screen);
    }
}
