package io.adjustbatch.ledger;

import static io.adjustbatch.warehouse.Kind.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.adjustbatch.testing.TestDatabase;
import io.adjustbatch.warehouse.Kind;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/** What the tables themselves refuse, whoever writes them. */
class LedgerSchemaIntegrationTests {

    private static final String DELIVERY = "UPDATE adjust_batch.delivery SET ";
    private static final String RUN = "UPDATE adjust_batch.run SET ";
    private static final String JOURNAL = "INSERT INTO adjust_batch.delivery_journal"
            + " (at, kind, row_id, attempt, state, decided_by, who) VALUES (now(), 'purchase', 1, 0, ";
    private static final String SUPPRESSED =
            "INSERT INTO adjust_batch.suppressed_device (app_token, device_hash, identifier, suppressed_at, because, row_id, who)"
                    + " VALUES ('app1', 'x', 'adid', now(), 'asked', ";
    private static final String DRIFT =
            "INSERT INTO adjust_batch.run_drift (run_id, kind, sort, row_count) VALUES (1, 'purchase', ";
    private static final String ACCEPTED =
            "INSERT INTO adjust_batch.accepted_difference (row_id, finding, accepted_at, who, kind, because)"
                    + " VALUES (1, 'is gone', now(), 'jo', ";
    private static final String HALT =
            "INSERT INTO adjust_batch.run_halt (run_id, halt, scope, cause, remedy, waiting_rows) VALUES (1, ";

    private static final String LIMIT =
            "INSERT INTO adjust_batch.run_limit (run_id, error_class, kind, max_rows, max_percent, min_sample)"
                    + " VALUES (1, 'ROW_FAULT', ";
    private static final String KEY =
            "INSERT INTO adjust_batch.privacy_key (kept_since, only_row, fingerprint, secret) VALUES (now(), ";

    @AutoClose
    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Books books = new Books(DATABASE);

    @ParameterizedTest
    @EnumSource(RowState.class)
    void takeEveryStateThatThereIs(RowState state) {
        books.ledgerRow(PURCHASE, 1, 1L, Instant.EPOCH);

        books.putInto(state, PURCHASE, 1);

        assertThat(books.state(PURCHASE, 1)).isEqualTo(state.name());
    }

    @ParameterizedTest
    @EnumSource(RunState.class)
    void takeEveryStateOfARunThatThereIs(RunState state) {
        books.execute(
                RUN + "state = ?, ended_at = CASE WHEN ? THEN now() END", state.name(), state != RunState.RUNNING);

        assertThat(books.count("adjust_batch.run WHERE state = '" + state + "'"))
                .isEqualTo(1);
    }

    static Stream<Arguments> refused() {
        String attempted = "attempts = 1, last_attempt_at = now(), run_id = 1, ";
        String decided = "decided_by = 'local', ";
        return Stream.of(
                Arguments.of("delivery_state_known", DELIVERY + "state = 'ERROR'"),
                Arguments.of("delivery_final_iff_finalized", DELIVERY + attempted + decided + "state = 'SENT'"),
                Arguments.of("delivery_final_iff_finalized", DELIVERY + decided + "state = 'INVALID'"),
                Arguments.of("delivery_final_iff_finalized", DELIVERY + decided + "finalized_at = now()"),
                Arguments.of("delivery_tries_within_attempts", DELIVERY + "tries = 1"),
                Arguments.of("delivery_tries_within_attempts", DELIVERY + "tries = -1"),
                Arguments.of(
                        "delivery_attempted_if_on_the_wire",
                        DELIVERY + "state = 'SENDING', attempts = 1, last_attempt_at = now()"),
                Arguments.of(
                        "delivery_attempted_if_on_the_wire",
                        DELIVERY + "state = 'IN_DOUBT', last_attempt_at = now(), run_id = 1"),
                Arguments.of(
                        "delivery_attempted_if_on_the_wire",
                        DELIVERY + decided + "state = 'SENT', finalized_at = now(), attempts = 1, run_id = 1"),
                Arguments.of(
                        "delivery_attempted_if_on_the_wire",
                        DELIVERY + decided + "state = 'REJECTED', finalized_at = now(), run_id = 1"),
                Arguments.of("delivery_deferred_has_a_time", DELIVERY + "state = 'DEFERRED'"),
                Arguments.of("delivery_held_names_what_it_waits_for", DELIVERY + "state = 'HELD'"),
                Arguments.of("delivery_held_names_what_it_waits_for", DELIVERY + "held_by = 2"),
                Arguments.of("delivery_decided_by_known", DELIVERY + "decided_by = 'chance'"),
                Arguments.of("delivery_final_says_who_decided", DELIVERY + "state = 'INVALID', finalized_at = now()"),
                Arguments.of("delivery_bucket_of_its_lane", DELIVERY + "bucket = 2"),
                Arguments.of("delivery_bucket_of_its_lane", DELIVERY + "lane = 2"),
                Arguments.of("delivery_bucket_of_its_lane", DELIVERY + "lane = NULL, bucket = 2"),
                Arguments.of("delivery_repeats_another_row", DELIVERY + "repeats = row_id"),
                Arguments.of("run_state_known", RUN + "state = 'ERROR', ended_at = now()"),
                Arguments.of("run_ended_unless_running", RUN + "state = 'COMPLETED'"),
                Arguments.of("run_ended_unless_running", RUN + "ended_at = now()"),
                Arguments.of("delivery_journal_state_known", JOURNAL + "'SENDING', 'local', NULL)"),
                Arguments.of("delivery_journal_decided_by_known", JOURNAL + "'SENT', 'chance', NULL)"),
                Arguments.of("delivery_journal_person_is_named", JOURNAL + "'SENT', 'person', NULL)"),
                Arguments.of("delivery_journal_person_is_named", JOURNAL + "'SENT', 'local', 'jo')"),
                Arguments.of("suppressed_device_row_or_person", SUPPRESSED + "NULL, NULL)"),
                Arguments.of("suppressed_device_row_or_person", SUPPRESSED + "1, 'jo')"),
                Arguments.of(
                        "run_kind_expect_rows_known",
                        "INSERT INTO adjust_batch.run_kind (run_id, kind, expect_rows) VALUES (1, 'purchase', 'perhaps')"),
                Arguments.of("run_kinds_known", RUN + "kinds = ARRAY['purchase', 'install']"),
                Arguments.of("run_row_limit_positive", RUN + "row_limit = 0"),
                Arguments.of("run_options_name_kinds", RUN + "kinds = NULL, row_limit = 1"),
                Arguments.of("run_options_name_kinds", RUN + "kinds = NULL, until = now()"),
                Arguments.of("run_limit_kind_known", LIMIT + "'install', 1, NULL, NULL)"),
                Arguments.of("run_limit_limits_something", LIMIT + "'purchase', NULL, NULL, NULL)"),
                Arguments.of("run_limit_max_rows_possible", LIMIT + "'purchase', -1, NULL, NULL)"),
                Arguments.of("run_limit_max_percent_possible", LIMIT + "'purchase', NULL, 0, 1)"),
                Arguments.of("run_limit_max_percent_possible", LIMIT + "'purchase', NULL, 100, 1)"),
                Arguments.of("run_limit_sample_of_a_share", LIMIT + "'purchase', NULL, 1, NULL)"),
                Arguments.of("run_limit_sample_of_a_share", LIMIT + "'purchase', 1, NULL, 1)"),
                Arguments.of("run_limit_sample_of_a_share", LIMIT + "'purchase', NULL, 1, 0)"),
                Arguments.of("run_halt_counts_from_one", HALT + "0, 'the run', 'silence', 'wait', 1)"),
                Arguments.of("run_halt_waiting_rows_possible", HALT + "1, 'the run', 'silence', 'wait', -1)"),
                Arguments.of("run_drift_sort_known", DRIFT + "'LOST', 1)"),
                Arguments.of("run_drift_some_rows", DRIFT + "'GONE', 0)"),
                Arguments.of("accepted_difference_kind_known", ACCEPTED + "'install', 'so')"),
                Arguments.of("accepted_difference_has_a_reason", ACCEPTED + "'purchase', '')"),
                Arguments.of("privacy_key_one_row", KEY + "false, '12345678', NULL)"),
                Arguments.of("privacy_key_fingerprint_length", KEY + "true, '1234567', NULL)"),
                Arguments.of("privacy_key_secret_length", KEY + "true, '12345678', '15 bytes only..')"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refused")
    void refuseImpossibleRows(String check, String sql) {
        books.ledgerRow(PURCHASE, 1, 1L, Instant.EPOCH);

        assertThatThrownBy(() -> books.execute(sql))
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining('"' + check + '"');
    }

    @Test
    void refuseALaneForAdRevenue() {
        assertThatThrownBy(() -> books.ledgerRow(Kind.AD_REVENUE, 1, 1L, Instant.EPOCH))
                .hasMessageContaining("delivery_ad_revenue_has_no_lane");
    }

    @Test
    void refuseASecondRowOfAnId() {
        books.ledgerRow(PURCHASE, 1, 1L, Instant.EPOCH);
        books.ledgerRow(Kind.SESSION, 1, 1L, Instant.EPOCH);

        assertThatThrownBy(() -> books.ledgerRow(PURCHASE, 1, 2L, Instant.EPOCH))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("delivery_purchase_pkey");
    }

    @Test
    void nameEveryCheckThatIsTestedHere() {
        assertThat(books.jdbc().sql("""
                        SELECT DISTINCT conname FROM pg_constraint
                        WHERE contype = 'c' AND connamespace = 'adjust_batch'::regnamespace""").query(String.class).list())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                refused().map(arguments -> (String) arguments.get()[0]),
                                Stream.of("delivery_ad_revenue_has_no_lane"))
                        .distinct()
                        .toList());
    }
}
