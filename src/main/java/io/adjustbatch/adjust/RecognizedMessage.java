package io.adjustbatch.adjust;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every message of Adjust's that we know, with what it means (dev.adjust.com, "Server-to-server API", "Error
 * messages"; "S2S security"; "S2S sessions"; and wordings seen in public issues of Adjust's SDKs). Only these texts are
 * ever stored: a text that a server chooses freely may hold a token or a device identifier.
 */
enum RecognizedMessage {
    INSTALL_TRACKED("Install tracked", ErrorClass.DELIVERED, FaultScope.ROW),
    SESSION_TRACKED("Session tracked", ErrorClass.DELIVERED, FaultScope.ROW),

    BAD_EVENT_STATE("Bad event state", ErrorClass.ROW_FAULT, FaultScope.ROW),
    INVALID_CALLBACK_PARAMETERS("Invalid callback parameters", ErrorClass.ROW_FAULT, FaultScope.ROW),
    INVALID_REVENUE("Invalid revenue", ErrorClass.ROW_FAULT, FaultScope.ROW),
    REQUEST_TOO_LARGE("Request size too large", ErrorClass.ROW_FAULT, FaultScope.ROW),

    UNIQUE_EVENT_TRACKED("Ignoring event, earlier unique event tracked", ErrorClass.DUPLICATE, FaultScope.ROW),
    /** The older wording; a date follows it. */
    UNIQUE_EVENT_SUBSEQUENT(
            "Ignoring event subsequent to an event supposed to be unique", ErrorClass.DUPLICATE, FaultScope.ROW),
    /** Two times follow it. */
    SESSION_TOO_FREQUENT("Ignoring too frequent session", ErrorClass.DUPLICATE, FaultScope.ROW),

    INVALID_EVENT_TOKEN("Invalid event token", ErrorClass.EVENT_TOKEN_FAULT, FaultScope.EVENT_TOKEN),
    EVENT_TOKEN_BLOCKLISTED("Event token blocklisted", ErrorClass.EVENT_TOKEN_FAULT, FaultScope.EVENT_TOKEN),

    INVALID_APP_TOKEN("Invalid app token", ErrorClass.APP_FAULT, FaultScope.APP),
    APP_INACTIVE("App is inactive", ErrorClass.APP_FAULT, FaultScope.APP),
    APP_TOKEN_NOT_FOUND("App token not found", ErrorClass.APP_FAULT, FaultScope.APP),
    TRACKING_DISABLED("Tracking disabled", ErrorClass.APP_FAULT, FaultScope.APP_PLATFORM),

    MISSING_TOKEN("Missing authentication token", ErrorClass.AUTH_FAULT, FaultScope.APP_ENDPOINT),
    WRONG_TOKEN("Wrong authentication token", ErrorClass.AUTH_FAULT, FaultScope.APP_ENDPOINT),
    NOT_AUTHORIZED("Failed to authorize request", ErrorClass.AUTH_FAULT, FaultScope.APP_ENDPOINT),

    DEVICE_NOT_FOUND("Device not found", ErrorClass.DEVICE_UNKNOWN, FaultScope.ROW),
    OPTED_OUT("Device is opted out", ErrorClass.OPTED_OUT, FaultScope.ROW),
    INTERNAL_ERROR("Internal error, contact support@adjust.com", ErrorClass.SERVER_ERROR, FaultScope.ROW);

    private final String text;
    private final String lowerCase;
    private final ErrorClass errorClass;
    private final FaultScope scope;

    RecognizedMessage(String text, ErrorClass errorClass, FaultScope scope) {
        this.text = text;
        this.lowerCase = text.toLowerCase(Locale.ROOT);
        this.errorClass = errorClass;
        this.scope = scope;
    }

    /** Adjust's documented wording: what is stored and shown. */
    String text() {
        return text;
    }

    ErrorClass errorClass() {
        return errorClass;
    }

    FaultScope scope() {
        return scope;
    }

    /** The message in a server's text, whatever its letters, wrapping and suffixes; null if it is none we know. */
    static @Nullable RecognizedMessage in(@Nullable String serverText) {
        if (serverText == null) {
            return null;
        }
        String bare = MessageText.bare(serverText.toLowerCase(Locale.ROOT));
        for (RecognizedMessage message : values()) {
            if (message.isSaidBy(bare)) {
                return message;
            }
        }
        return null;
    }

    private boolean isSaidBy(String bare) {
        return switch (this) {
            case UNIQUE_EVENT_SUBSEQUENT, SESSION_TOO_FREQUENT -> bare.startsWith(lowerCase);
            default -> bare.equals(lowerCase);
        };
    }
}
