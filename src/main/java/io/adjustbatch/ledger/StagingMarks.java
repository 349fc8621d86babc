package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import io.adjustbatch.warehouse.Relation;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far staging has come in each relation: the table {@code staging_mark}. */
final class StagingMarks {

    /** What a first staging leaves out occurred before this. */
    private static final String TAKEN_FROM =
            "greatest(now() - make_interval(secs => :ageSeconds), :since::timestamptz, '-infinity')";

    private final JdbcClient jdbc;

    StagingMarks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The mark of a relation, made if it has none.
     *
     * @param ageLimit a first staging leaves out older rows; null: none
     * @param since a first staging leaves out earlier rows; null: none
     */
    Mark of(Relation relation, @Nullable Duration ageLimit, @Nullable Instant since) {
        jdbc.sql("""
                        INSERT INTO adjust_batch.staging_mark (kind, relation, marked_at, taken_from)
                        VALUES (:kind, :relation, '-infinity', %s)
                        ON CONFLICT DO NOTHING""".formatted(TAKEN_FROM))
                .param("kind", relation.kind().key())
                .param("relation", relation.name())
                .param("ageSeconds", ageLimit == null ? null : ageLimit.toSeconds(), Types.DOUBLE)
                .param("since", at(since), Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
        return peek(relation, ageLimit, since);
    }

    /** The mark of a relation, as {@link #of} would find or make it; only reads. */
    Mark peek(Relation relation, @Nullable Duration ageLimit, @Nullable Instant since) {
        return jdbc.sql("""
                        SELECT nullif(m.marked_at, '-infinity') AS marked_at, m.first_marked_at,
                               greatest(coalesce(m.taken_from, %s), '0001-01-01 00:00:00+00') AS taken_from
                        FROM (VALUES (1)) one
                        LEFT JOIN adjust_batch.staging_mark m ON m.kind = :kind AND m.relation = :relation""".formatted(TAKEN_FROM))
                .param("kind", relation.kind().key())
                .param("relation", relation.name())
                .param("ageSeconds", ageLimit == null ? null : ageLimit.toSeconds(), Types.DOUBLE)
                .param("since", at(since), Types.TIMESTAMP_WITH_TIMEZONE)
                .query((result, row) -> new Mark(
                        instant(result.getObject("marked_at", OffsetDateTime.class)),
                        instant(result.getObject("first_marked_at", OffsetDateTime.class)),
                        result.getObject("taken_from", OffsetDateTime.class).toInstant()))
                .single();
    }

    /** Moves the mark to the end of a slice; the last slice moves it to now and ends a first staging. */
    void moveTo(Kind kind, String relation, StagingWindow.Slice slice) {
        jdbc.sql("""
                        UPDATE adjust_batch.staging_mark
                        SET marked_at = greatest(marked_at, least(:sliceEnd::timestamptz, now())),
                            first_marked_at = CASE WHEN :last THEN coalesce(first_marked_at, now()) ELSE first_marked_at END
                        WHERE kind = :kind AND relation = :relation""")
                .param("sliceEnd", at(slice.to()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("last", slice.isLast())
                .param("kind", kind.key())
                .param("relation", relation)
                .update();
    }

    static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /**
     * @param markedAt null if nothing has been staged yet
     * @param firstMarkedAt null if the first staging has not come to its end
     */
    record Mark(@Nullable Instant markedAt, @Nullable Instant firstMarkedAt, Instant takenFrom) {}
}
