package io.adjustbatch.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What Adjust remembers of devices, as far as its answers depend on it. Times in milliseconds. Threads may share it. */
final class Memory {

    private final LongTable installs = new LongTable();
    private final LongTable lastSessions = new LongTable();
    private final LongTable lastEvents = new LongTable();
    private final LongTable uniqueEvents = new LongTable();
    private final LongTable strikes = new LongTable();
    private final LongAdder orderViolations = new LongAdder();

    /** The device's first session, by any of its identifiers; null if it had none. */
    @Nullable
    Instant install(Call call) {
        for (Identifier identifier : call.identifiers()) {
            long install = installs.get(call.deviceKey(identifier));
            if (install != LongTable.ABSENT) {
                return Instant.ofEpochMilli(install);
            }
        }
        return null;
    }

    /** Whether a later event of the same device and token was accepted. Counts a violation if so. */
    boolean isOutOfOrder(Call call, Instant time) {
        return violates(time, lastEvents.get(call.laneKey()));
    }

    /**
     * Takes the event as the last of its device and token, unless a later one came first. Asked again after
     * {@link #isOutOfOrder}, because another thread may have been faster.
     *
     * @return whether it was taken
     */
    boolean takeEvent(Call call, Instant time) {
        long millis = time.toEpochMilli();
        return !violates(time, lastEvents.update(call.laneKey(), last -> Math.max(last, millis)));
    }

    private boolean violates(Instant time, long last) {
        boolean violation = time.toEpochMilli() < last;
        if (violation) {
            orderViolations.increment();
        }
        return violation;
    }

    boolean hasUnique(Call call) {
        return uniqueEvents.get(call.laneKey()) != LongTable.ABSENT;
    }

    /** Takes the event as the device's only one of its token; false if there was one. */
    boolean takeUnique(Call call) {
        return uniqueEvents.update(call.laneKey(), before -> 1) == LongTable.ABSENT;
    }

    /** The device's last session, by its first identifier; null if it had none. */
    @Nullable
    Instant lastSession(Call call) {
        long last = lastSessions.get(call.deviceKey(call.device()));
        return last == LongTable.ABSENT ? null : Instant.ofEpochMilli(last);
    }

    /**
     * Takes the session, unless it is closer to the last one than the interval.
     *
     * @return whether it was taken
     */
    boolean takeSession(Call call, Instant time, Duration interval) {
        long millis = time.toEpochMilli();
        long soonest = millis - interval.toMillis();
        long key = call.deviceKey(call.device());
        long last = lastSessions.update(key, before -> before <= soonest ? millis : before);
        return last <= soonest;
    }

    /**
     * Makes the device known by all its identifiers.
     *
     * @return whether it was unknown by the first of them, so that the session is its install
     */
    boolean takeInstall(Call call, Instant time) {
        boolean isNew = installs.get(call.deviceKey(call.device())) == LongTable.ABSENT;
        for (Identifier identifier : call.identifiers()) {
            installs.update(
                    call.deviceKey(identifier), before -> before == LongTable.ABSENT ? time.toEpochMilli() : before);
        }
        return isNew;
    }

    /** Whether the device's requests to this endpoint have been struck fewer than so many times; counts this one. */
    boolean isStruck(Call call, long times) {
        long key =
                Keys.mix(call.deviceKey(call.device()) + Keys.of(call.endpoint().path()));
        return strikes.update(key, before -> before == LongTable.ABSENT ? 1 : before + 1) < times;
    }

    long orderViolations() {
        return orderViolations.sum();
    }
}
