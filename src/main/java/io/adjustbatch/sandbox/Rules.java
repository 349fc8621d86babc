package io.adjustbatch.sandbox;

import io.adjustbatch.sandbox.SandboxSettings.AuthFailure;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request must have, in the order in which it is asked. Adjust publishes the answers but no order; this one
 * goes from what concerns the whole app to what concerns one request.
 *
 * <p>Reads the memory and never changes it, except to count an event that is out of order.
 */
final class Rules {

    private static final Pattern EVENT_TOKEN = Pattern.compile("[A-Za-z0-9]{6}");
    private static final Set<String> ENVIRONMENTS = Set.of("production", "sandbox");
    private static final Set<String> OS_NAMES = Set.of(
            "android",
            "android-tv",
            "apple-tv",
            "bada",
            "blackberry",
            "fire-tv",
            "ios",
            "linux",
            "macos",
            "nintendo",
            "playstation",
            "roku-os",
            "server",
            "smart-cast",
            "steamos",
            "symbian",
            "tizen",
            "unknown",
            "webos",
            "windows",
            "windows-phone",
            "xbox");

    private final SandboxSettings settings;
    private final Memory memory;
    private final List<Rule> inOrder;

    Rules(SandboxSettings settings, Memory memory) {
        this.settings = settings;
        this.memory = memory;
        TimeRules times = new TimeRules(settings, memory);
        this.inOrder = List.of(
                this::isServerToServer,
                this::hasAppToken,
                this::hasEnvironment,
                this::isAuthentic,
                this::hasDevice,
                this::isServed,
                this::hasPlatform,
                this::isKnown,
                this::hasEventToken,
                this::isMeasured,
                times::areRight,
                this::isUnique,
                ParameterRules::areRight,
                MoneyRules::areRight);
    }

    /** The first objection; null if there is none. */
    @Nullable
    Refusal check(Call call) {
        for (Rule rule : inOrder) {
            Refusal refusal = rule.check(call);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private @Nullable Refusal isServerToServer(Call call) {
        return call.parameter("s2s").equals("1") ? null : Refusal.invented("s2s must be 1");
    }

    private @Nullable Refusal hasAppToken(Call call) {
        String appToken = call.appToken();
        if (appToken == null) {
            return Refusal.INVALID_APP_TOKEN;
        }
        Script script = Script.ofApp(appToken);
        return script == Script.APP_NOT_FOUND || script == Script.APP_INACTIVE ? script.refusal() : null;
    }

    private @Nullable Refusal hasEnvironment(Call call) {
        return ENVIRONMENTS.contains(call.environment())
                ? null
                : Refusal.invented("environment must be production or sandbox");
    }

    private @Nullable Refusal isAuthentic(Call call) {
        String token = settings.token();
        if (token != null && call.authorization() == null) {
            return unauthorized("Missing authentication token");
        }
        Script script = Script.ofApp(call.parameter("app_token"));
        if (script == Script.WRONG_TOKEN || (token != null && !("Bearer " + token).equals(call.authorization()))) {
            return unauthorized("Wrong authentication token");
        }
        return script == Script.MISSING_SCOPE ? script.refusal() : null;
    }

    private Refusal unauthorized(String message) {
        return settings.authFailure() == AuthFailure.ACCEPTED_202 ? new Refusal(202, message) : Refusal.UNAUTHORIZED;
    }

    private @Nullable Refusal hasDevice(Call call) {
        return call.identifiers().isEmpty() ? Refusal.invented("no device identifier") : null;
    }

    private @Nullable Refusal isServed(Call call) {
        Script script = Script.ofDevice(call.device().value());
        return script == Script.INTERNAL_ERROR ? script.refusal() : null;
    }

    private @Nullable Refusal hasPlatform(Call call) {
        boolean isRequired = call.endpoint() == Endpoint.SESSION;
        return !isRequired || OS_NAMES.contains(call.parameter("os_name"))
                ? null
                : Refusal.invented("os_name must be one of Adjust's list");
    }

    private @Nullable Refusal isKnown(Call call) {
        Script script = Script.ofDevice(call.device().value());
        if (script == Script.DEVICE_OPTED_OUT) {
            return script.refusal();
        }
        if (call.endpoint() == Endpoint.SESSION) {
            return null;
        }
        return script == Script.DEVICE_NOT_FOUND || !isInstalled(call) ? Refusal.DEVICE_NOT_FOUND : null;
    }

    private boolean isInstalled(Call call) {
        Set<String> known = settings.knownDevices();
        return known == null
                || call.identifiers().stream().map(Identifier::value).anyMatch(known::contains)
                || memory.install(call) != null;
    }

    private @Nullable Refusal hasEventToken(Call call) {
        if (call.endpoint() != Endpoint.EVENT) {
            return null;
        }
        if (!EVENT_TOKEN.matcher(call.eventToken()).matches()) {
            return Refusal.INVALID_EVENT_TOKEN;
        }
        Script script = Script.ofEvent(call.eventToken());
        return script == null || script == Script.EVENT_UNIQUE ? null : script.refusal();
    }

    private @Nullable Refusal isMeasured(Call call) {
        Script script = Script.ofApp(call.parameter("app_token"));
        return script == Script.TRACKING_DISABLED ? script.refusal() : null;
    }

    private @Nullable Refusal isUnique(Call call) {
        return isMarkedUnique(call) && memory.hasUnique(call) ? Refusal.NOT_UNIQUE : null;
    }

    static boolean isMarkedUnique(Call call) {
        return call.endpoint() == Endpoint.EVENT && Script.ofEvent(call.eventToken()) == Script.EVENT_UNIQUE;
    }

    /** One thing that a request must have. */
    private interface Rule {
        @Nullable
        Refusal check(Call call);
    }
}
