package io.adjustbatch.ledger;

import io.adjustbatch.warehouse.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The list of devices that must not be contacted for an app: the table {@code suppressed_device}. {@link Deliveries} puts
 * on it what answers tell. Never read whole. Threads may share it.
 */
public final class SuppressedDevices {

    private final JdbcClient jdbc;

    public SuppressedDevices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One identifier of a device, for one app. */
    public record DeviceOfApp(String appToken, DeviceHash hash) {}

    /**
     * An entry of the list.
     *
     * @param kind with {@code rowId}: the row whose answer opted the device out; null if a person did
     * @param runId the run in which that was
     * @param who the person; null if it was an answer
     */
    public record Entry(
            String appToken,
            String identifier,
            Instant since,
            @Nullable Kind kind,
            @Nullable Long rowId,
            @Nullable Long runId,
            @Nullable String who,
            String because) {

        /** By whom the device was put on the list, for people: {@code purchase:17} or the person's name. */
        public String by() {
            return kind == null ? String.valueOf(who) : kind.key() + ":" + rowId;
        }
    }

    /** Whether nobody is on the list. */
    public boolean isEmpty() {
        return jdbc.sql("SELECT NOT EXISTS (SELECT FROM adjust_batch.suppressed_device)")
                .query(Boolean.class)
                .single();
    }

    /** Those of the keys that are on the list, each with its entry; one query, whatever their number. */
    public Map<DeviceOfApp, Entry> among(Collection<DeviceOfApp> keys) {
        Map<String, DeviceOfApp> byText =
                keys.stream().collect(Collectors.toMap(SuppressedDevices::text, key -> key, (a, b) -> a));
        return jdbc
                .sql("""
                        SELECT s.*, w.hex
                        FROM unnest(:apps::text[], :hashes::text[]) AS w(app_token, hex)
                        JOIN adjust_batch.suppressed_device s
                          ON s.app_token = w.app_token AND s.device_hash = decode(w.hex, 'hex')""")
                .param("apps", texts(byText.values(), DeviceOfApp::appToken))
                .param("hashes", texts(byText.values(), key -> key.hash().hex()))
                .query((result, row) -> Map.entry(result.getString("hex"), read(result, row)))
                .list()
                .stream()
                .collect(Collectors.toMap(
                        found -> byText.get(found.getValue().appToken() + ' ' + found.getKey()), Map.Entry::getValue));
    }

    /** How many entries there are, of one app or of all. */
    public long count(@Nullable String appToken) {
        return jdbc.sql("""
                        SELECT count(*) FROM adjust_batch.suppressed_device
                        WHERE :app::text IS NULL OR app_token = :app::text""").param("app", appToken).query(Long.class).single();
    }

    /** The entries of one app or of all, the latest first; at most so many. */
    public List<Entry> list(@Nullable String appToken, int most) {
        return jdbc.sql("""
                        SELECT * FROM adjust_batch.suppressed_device
                        WHERE :app::text IS NULL OR app_token = :app::text
                        ORDER BY suppressed_at DESC, app_token, kind, row_id, identifier, device_hash LIMIT :most""")
                .param("app", appToken)
                .param("most", most)
                .query(SuppressedDevices::read)
                .list();
    }

    /**
     * A person puts a device on the list. Call it with the lock held.
     *
     * @return how many of its identifiers were not on it before
     */
    public int add(String appToken, Collection<DeviceHash> device, String who, String because) {
        return jdbc.sql("""
                        INSERT INTO adjust_batch.suppressed_device
                            (app_token, device_hash, identifier, suppressed_at, who, because)
                        SELECT :app, decode(hex, 'hex'), identifier, now(), :who, :because
                        FROM unnest(:hashes::text[], :identifiers::text[]) AS w(hex, identifier)
                        ON CONFLICT DO NOTHING""")
                .param("app", appToken)
                .param("hashes", texts(device, DeviceHash::hex))
                .param("identifiers", texts(device, DeviceHash::identifier))
                .param("who", who)
                .param("because", because)
                .update();
    }

    /**
     * A person takes a device off the list, which {@code suppression_removal} remembers. Call it with the lock held.
     *
     * @return how many of its identifiers were on it
     */
    public int remove(String appToken, Collection<DeviceHash> device, String who, String because) {
        return jdbc.sql("""
                        WITH removed AS (
                            DELETE FROM adjust_batch.suppressed_device
                            WHERE app_token = :app
                              AND device_hash IN (SELECT decode(hex, 'hex') FROM unnest(:hashes::text[]) AS w(hex))
                            RETURNING *
                        )
                        INSERT INTO adjust_batch.suppression_removal
                            (app_token, device_hash, identifier, suppressed_at, removed_at, who, because)
                        SELECT app_token, device_hash, identifier, suppressed_at, now(), :who, :because FROM removed""")
                .param("app", appToken)
                .param("hashes", texts(device, DeviceHash::hex))
                .param("who", who)
                .param("because", because)
                .update();
    }

    private static <T> String[] texts(Collection<T> of, Function<T, String> text) {
        return of.stream().map(text).toArray(String[]::new);
    }

    private static String text(DeviceOfApp key) {
        return key.appToken() + ' ' + key.hash().hex();
    }

    private static Entry read(ResultSet result, int row) throws SQLException {
        String kind = result.getString("kind");
        return new Entry(
                result.getString("app_token"),
                result.getString("identifier"),
                result.getObject("suppressed_at", OffsetDateTime.class).toInstant(),
                kind == null ? null : Kind.of(kind),
                result.getObject("row_id", Long.class),
                result.getObject("run_id", Long.class),
                result.getString("who"),
                result.getString("because"));
    }
}
