package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.adjustbatch.audit.ExitCode;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.env.MockEnvironment;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

class FailuresTests {

    private static final String URL = "jdbc:postgresql://me:s3cret@warehouse:5432/shop?user=me&password=s3cret";

    private final MockEnvironment environment = new MockEnvironment().withProperty("spring.datasource.url", URL);

    @ParameterizedTest(name = "SQL state {0} exits with {1}")
    @CsvSource(quoteCharacter = '"', textBlock = """
                    28P01, USAGE,  The database at warehouse:5432/shop refuses the login
                    28000, USAGE,  The database at warehouse:5432/shop refuses the login
                    3D000, USAGE,  The database does not exist: warehouse:5432/shop
                    42501, USAGE,  The database at warehouse:5432/shop does not permit it
                    42P01, USAGE,  The ledger in warehouse:5432/shop is not one of this version
                    3F000, USAGE,  "The ledger in warehouse:5432/shop is not one of this version, or there is none"
                    42703, USAGE,  The ledger in warehouse:5432/shop is not one of this version
                    08001, FAILED, The database at warehouse:5432/shop cannot be reached
                    08006, FAILED, The database at warehouse:5432/shop cannot be reached
                    57P01, FAILED, The database at warehouse:5432/shop cannot be reached
                    53300, FAILED, The database at warehouse:5432/shop cannot be reached
                    23505, FAILED, The database at warehouse:5432/shop failed
                    """)
    void tellsDatabaseFailuresApart(String state, ExitCode exitCode, String message) {
        PSQLException cause = new PSQLException(server(state, "Key (gps_adid)=(5a0e4a3c) already exists."));

        Failure failure = Failures.explain(
                new IllegalStateException(new UncategorizedSQLException("insert", null, cause)), environment);

        assertThat(failure.exitCode()).isEqualTo(exitCode);
        assertThat(failure.message())
                .startsWith(message)
                .doesNotContain("s3cret")
                .doesNotContain("5a0e4a3c");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '~', delimiter = '|', textBlock = """
            22P02 | invalid input syntax for type uuid: "5a0e4a3c"                         | invalid input syntax for type uuid...
            22P02 | ung\u00FCltige Eingabesyntax f\u00FCr Typ uuid: \u201E5a0e4a3c\u201C  | ung\u00FCltige Eingabesyntax f\u00FCr Typ uuid...
            22007 | syntaxe en entr\u00E9e invalide \u00AB 5a0e4a3c \u00BB                 | syntaxe en entr\u00E9e invalide...
            22003 | value "5a0e4a3c" is out of range for type integer                     | value...
            """)
    void showsNoValueThatTheServerQuotes(String state, String said, String shown) {
        PSQLException cause = new PSQLException(new ServerErrorMessage("SERROR\0C%s\0M%s\0".formatted(state, said)));

        assertThat(Failures.explain(cause, environment).message())
                .contains("failed: " + shown, state)
                .doesNotContain("5a0e4a3c");
    }

    @Test
    void letsNoWordOfTheServerMoveTheCursor() {
        Failure failure = Failures.explain(
                new PSQLException(new ServerErrorMessage("SERROR\0C23505\0M\u001B[2J\0")), environment);

        assertThat(failure.message()).contains("failed: \uFFFD[2J (SQL state 23505)");
        assertThat(new Failure(ExitCode.FAILED, "one\n\u009Btwo").message()).isEqualTo("one\n\uFFFDtwo");
    }

    @Test
    void takesAnUnknownHostForAWrongSetting() {
        Failure failure = Failures.explain(connection(new UnknownHostException("warehouse")), environment);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(failure.message()).startsWith("The database's host is unknown: warehouse:5432/shop.");
    }

    @Test
    void takesARefusedConnectionForAnAccident() {
        Failure failure = Failures.explain(connection(new ConnectException("Connection refused")), null);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failure.message()).startsWith("The database at an unknown address cannot be reached");
    }

    @Test
    void saysWhereAFileIsBrokenWithoutQuotingIt() {
        Exception broken = org.assertj.core.api.Assertions.catchException(
                () -> new Yaml(new LoaderOptions()).load("adjust:\n  timeout: 5s\n token: s3cret\n"));

        Failure failure = Failures.explain(broken, null);

        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(failure.message())
                .contains("is no valid YAML, line 3, column 2: ")
                .doesNotContain("s3cret");
    }

    @Test
    void showsAnUnexpectedFailureByItsRootWithoutAStackTrace() {
        Failure failure =
                Failures.explain(new IllegalStateException("outer", new ArithmeticException("/ by zero")), environment);

        assertThat(failure)
                .isEqualTo(new Failure(
                        ExitCode.FAILED,
                        "Unexpected failure: ArithmeticException: / by zero%nThe option --stacktrace shows where."
                                .formatted()));
    }

    private static PSQLException connection(Exception cause) {
        return new PSQLException("The connection attempt failed.", PSQLState.CONNECTION_UNABLE_TO_CONNECT, cause);
    }

    private static ServerErrorMessage server(String state, String detail) {
        return new ServerErrorMessage("SERROR\0C" + state + "\0Mit failed\0D" + detail + "\0");
    }
}
