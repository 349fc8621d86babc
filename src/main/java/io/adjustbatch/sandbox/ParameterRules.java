package io.adjustbatch.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What the parameters that carry more than one value must look like, and what ad revenue must have besides money. */
final class ParameterRules {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d{0,8}");

    private ParameterRules() {}

    static @Nullable Refusal areRight(Call call) {
        if (flatObject(call.parameters().getOrDefault("callback_params", "{}")) == null) {
            return Refusal.INVALID_CALLBACK_PARAMETERS;
        }
        if (call.endpoint() == Endpoint.AD_REVENUE) {
            return adRevenue(call);
        }
        return flatObject(call.parameters().getOrDefault("partner_params", "{}")) == null
                ? Refusal.invented("partner_params must be a flat JSON object of texts")
                : null;
    }

    private static @Nullable Refusal adRevenue(Call call) {
        if (!call.parameter("source").equals("publisher")) {
            return Refusal.invented("source must be publisher");
        }
        return COUNT.matcher(call.parameter("ad_impressions_count")).matches()
                ? null
                : Refusal.invented("ad_impressions_count must be a whole number from 1");
    }

    /** The object's texts by their names; null if the JSON is broken, or anything else than an object of texts. */
    static @Nullable Map<String, String> flatObject(String json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? texts(parser) : null;
        } catch (JacksonException broken) {
            return null;
        }
    }

    private static @Nullable Map<String, String> texts(JsonParser parser) {
        Map<String, String> texts = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                return null;
            }
            texts.put(name, parser.getString());
        }
        boolean isComplete = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        return isComplete ? texts : null;
    }
}
