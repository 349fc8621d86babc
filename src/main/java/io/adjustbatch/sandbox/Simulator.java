package io.adjustbatch.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers calls as Adjust would, and keeps its books; knows nothing of HTTP. Threads may share it. */
final class Simulator {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z+0000'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SandboxSettings settings;
    private final Memory memory = new Memory();
    private final Rules rules;
    private final Counts counts;

    Simulator(SandboxSettings settings) {
        this.settings = settings;
        this.rules = new Rules(settings, memory);
        this.counts = new Counts(settings.referenceParameter());
    }

    Counts counts() {
        return counts;
    }

    Tally tally() {
        return counts.tally(memory.orderViolations());
    }

    /** The fault that the device's script asks for; null for none. Counts the request as one of the device's. */
    @Nullable
    Fault scriptedFault(Incoming incoming) {
        return incoming instanceof Incoming.Legible legible
                        && !legible.call().identifiers().isEmpty()
                ? scriptedFault(legible.call())
                : null;
    }

    private @Nullable Fault scriptedFault(Call call) {
        Script script = Script.ofDevice(call.device().value());
        return script != null && script.fault() != null && memory.isStruck(call, script.times())
                ? script.fault()
                : null;
    }

    /** Checks what came in, and counts it as accepted or as refused. */
    Answer answer(Incoming incoming) {
        if (incoming instanceof Incoming.Legible legible) {
            return answer(legible.call());
        }
        Incoming.Illegible illegible = (Incoming.Illegible) incoming;
        counts.refused(illegible.endpoint(), null, illegible.refusal());
        return Answer.json(illegible.refusal().status(), illegible.endpoint().envelope(illegible.refusal(), null));
    }

    private Answer answer(Call call) {
        Refusal refusal = rules.check(call);
        if (refusal != null) {
            return refuse(call, refusal);
        }
        Instant time = Objects.requireNonNull(call.occurredAt(), "the rules let no call without a time through");
        return call.endpoint() == Endpoint.SESSION ? takeSession(call, time) : take(call, time);
    }

    private Answer refuse(Call call, Refusal refusal) {
        counts.refused(call.endpoint(), call.appToken(), refusal);
        return Answer.json(refusal.status(), call.endpoint().envelope(refusal, call.appToken()));
    }

    private Answer take(Call call, Instant time) {
        if (call.endpoint() == Endpoint.EVENT && !memory.takeEvent(call, time)) {
            return refuse(call, Refusal.BAD_EVENT_STATE);
        }
        if (Rules.isMarkedUnique(call) && !memory.takeUnique(call)) {
            return refuse(call, Refusal.NOT_UNIQUE);
        }
        counts.accepted(call);
        return Answer.OK;
    }

    private Answer takeSession(Call call, Instant time) {
        if (!memory.takeSession(call, time, settings.sessionInterval())) {
            Instant last = Objects.requireNonNullElse(memory.lastSession(call), time);
            return refuse(call, Refusal.tooFrequent(last, settings.sessionInterval()));
        }
        boolean isInstall = memory.takeInstall(call, time);
        counts.accepted(call);
        return Answer.json(
                200, tracked(call, isInstall ? "Install tracked" : "Session tracked", isInstall ? 2000 : 5000));
    }

    private static String tracked(Call call, String message, int askIn) {
        long key = call.deviceKey(call.device());
        return String.format(
                Locale.ROOT,
                "{\"app_token\":\"%s\",\"adid\":\"%016x%016x\",\"timestamp\":\"%s\",\"message\":\"%s\",\"ask_in\":%d}",
                call.parameter("app_token"),
                key,
                Keys.mix(key),
                TIMESTAMP.format(call.arrivedAt()),
                message,
                askIn);
    }
}
