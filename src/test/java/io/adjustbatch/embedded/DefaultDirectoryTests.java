package io.adjustbatch.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultDirectoryTests {

    @ParameterizedTest(name = "{0}, {1}={2}")
    @CsvSource(textBlock = """
                    Linux,      XDG_DATA_HOME,     '',       /home/ann/.local/share/adjust-batch
                    Linux,      XDG_DATA_HOME,     relative, /home/ann/.local/share/adjust-batch
                    Linux,      XDG_DATA_HOME,     /srv/ann, /srv/ann/adjust-batch
                    Linux,      ADJUST_BATCH_HOME, /opt/it,  /opt/it
                    Mac OS X,   XDG_DATA_HOME,     /srv/ann, /home/ann/Library/Application Support/adjust-batch
                    Mac OS X,   ADJUST_BATCH_HOME, /opt/it,  /opt/it
                    Windows 11, LOCALAPPDATA,      /local,   /local/adjust-batch
                    Windows 11, LOCALAPPDATA,      '',       /home/ann/AppData/Local/adjust-batch
                    """)
    void followsTheCustomOfTheSystem(String system, String variable, String value, Path expected) {
        DefaultDirectory directory = new DefaultDirectory(Map.of(variable, value), system, Path.of("/home/ann"));

        assertThat(directory.path()).isEqualTo(expected);
    }

    @Test
    void prefersItsOwnVariableToTheCustom() {
        Map<String, String> environment = Map.of("XDG_DATA_HOME", "/srv/ann", "ADJUST_BATCH_HOME", "/opt/it");

        assertThat(new DefaultDirectory(environment, "Linux", Path.of("/home/ann")).path())
                .isEqualTo(Path.of("/opt/it"));
    }
}
