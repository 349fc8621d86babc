package io.adjustbatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTests {

    @ParameterizedTest(name = "at {0}, --until {1} is {2}")
    @CsvSource(textBlock = """
                    2026-11-24T02:00, 05:30, 2026-11-24T04:30:00Z
                    2026-11-24T22:00, 05:30, 2026-11-25T04:30:00Z
                    2026-11-24T05:30, 05:30, 2026-11-25T04:30:00Z
                    # summer time ends: the night has an hour more
                    2026-10-24T22:00, 05:30, 2026-10-25T04:30:00Z
                    # summer time begins: 02:30 does not exist and becomes 03:30
                    2026-03-28T22:00, 02:30, 2026-03-29T01:30:00Z
                    """)
    void untilIsTheNextMomentThatShowsThisTimeOfDay(String now, LocalTime until, Instant expected) {
        ZonedDateTime berlin = ZonedDateTime.of(java.time.LocalDateTime.parse(now), ZoneId.of("Europe/Berlin"));

        assertThat(RunCommand.next(until, berlin)).isEqualTo(expected);
    }
}
