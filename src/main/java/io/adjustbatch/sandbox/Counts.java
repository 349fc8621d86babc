package io.adjustbatch.sandbox;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.adjustbatch.sandbox.Tally.Accepted;
import io.adjustbatch.sandbox.Tally.Refused;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The sandbox's running count. Threads may share it. */
final class Counts {

    private static final Comparator<Accepted> BY_KEY = comparing(Accepted::endpoint)
            .thenComparing(Accepted::appToken)
            .thenComparing(Accepted::environment)
            .thenComparing(Accepted::eventToken, nullsFirst(naturalOrder()))
            .thenComparing(Accepted::currency, nullsFirst(naturalOrder()));
    private static final Comparator<Refused> BY_REASON = comparing(Refused::endpoint)
            .thenComparing(Refused::appToken, nullsFirst(naturalOrder()))
            .thenComparing(Refused::status)
            .thenComparing(Refused::message);

    private final LongAdder requests = new LongAdder();
    private final LongAdder faults = new LongAdder();
    private final Map<Key, Line> accepted = new ConcurrentHashMap<>();
    private final Map<Reason, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> warnings = new ConcurrentHashMap<>();
    private final @Nullable ReferenceCounts references;

    Counts(@Nullable String referenceParameter) {
        this.references = referenceParameter == null ? null : new ReferenceCounts(referenceParameter);
    }

    void request() {
        requests.increment();
    }

    void fault() {
        faults.increment();
    }

    void refused(Endpoint endpoint, @Nullable String appToken, Refusal refusal) {
        adder(refused, new Reason(endpoint, appToken, refusal.status(), refusal.kind()))
                .increment();
    }

    /** Counts a call that passed every rule. */
    void accepted(Call call) {
        String revenue = call.endpoint() == Endpoint.SESSION ? "" : call.revenue();
        Key key = new Key(
                call.endpoint(),
                call.parameter("app_token"),
                call.environment(),
                call.endpoint() == Endpoint.EVENT ? call.eventToken() : null,
                revenue.isEmpty() ? null : call.parameter("currency"));
        BigDecimal money = revenue.isEmpty() ? BigDecimal.ZERO : new BigDecimal(revenue);
        accepted.merge(key, new Line(1, money), Line::plus);
        warn(call);
        if (references != null) {
            references.accepted(call);
        }
    }

    private void warn(Call call) {
        if (!call.has("created_at_unix") && !call.has("created_at")) {
            adder(warnings, "no_time").increment();
        }
        if (Timestamps.inMilliseconds(call.parameter("created_at_unix"))) {
            adder(warnings, "created_at_unix_in_milliseconds").increment();
        }
        if (call.parameter("ip_address").indexOf(':') >= 0) {
            adder(warnings, "ip_address_is_not_ipv4").increment();
        }
        if (call.parameters().containsValue("")) {
            adder(warnings, "empty_parameter").increment();
        }
    }

    Tally tally(long orderViolations) {
        Map<String, Long> oddities = new TreeMap<>();
        warnings.forEach((name, count) -> oddities.put(name, count.sum()));
        return new Tally(
                requests.sum(),
                faults.sum(),
                orderViolations,
                acceptedLines(),
                refusedLines(),
                references == null ? null : references.tally(),
                oddities);
    }

    private List<Accepted> acceptedLines() {
        return accepted.entrySet().stream()
                .map(entry -> entry.getValue().tally(entry.getKey()))
                .sorted(BY_KEY)
                .toList();
    }

    private List<Refused> refusedLines() {
        return refused.entrySet().stream()
                .map(entry -> entry.getKey().tally(entry.getValue().sum()))
                .sorted(BY_REASON)
                .toList();
    }

    private static <K> LongAdder adder(Map<K, LongAdder> adders, K key) {
        LongAdder adder = adders.get(key);
        return adder != null ? adder : adders.computeIfAbsent(key, absent -> new LongAdder());
    }

    private record Key(
            Endpoint endpoint,
            String appToken,
            String environment,
            @Nullable String eventToken,
            @Nullable String currency) {}

    private record Reason(Endpoint endpoint, @Nullable String appToken, int status, String message) {

        private Refused tally(long count) {
            return new Refused(endpoint.path(), appToken, status, message, count);
        }
    }

    /** Count and sum in one value, so that no reader sees one without the other. */
    private record Line(long count, BigDecimal revenue) {

        private Line plus(Line other) {
            return new Line(count + other.count, revenue.add(other.revenue));
        }

        private Accepted tally(Key key) {
            return new Accepted(
                    key.endpoint.path(), key.appToken, key.environment, key.eventToken, key.currency, count, revenue);
        }
    }
}
