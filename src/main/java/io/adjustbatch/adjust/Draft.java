package io.adjustbatch.adjust;

import io.adjustbatch.warehouse.WarehouseRow;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way to becoming a request: the form so far, and the first fault found. Not for more than one thread.
 */
final class Draft {

    private final WarehouseRow row;
    private final Form form = new Form();
    private Map<String, String> parameters;
    private @Nullable String forwardedFor;
    private @Nullable String fault;

    Draft(WarehouseRow row) {
        this.row = row;
        this.parameters = row.parameters();
    }

    WarehouseRow row() {
        return row;
    }

    Form form() {
        return form;
    }

    /** The row's columns by parameter name; with {@link #replaceParameters} the further ones too. */
    Map<String, String> parameters() {
        return parameters;
    }

    void replaceParameters(Map<String, String> replacement) {
        parameters = replacement;
    }

    /** A parameter without the blanks around it; null if it is absent or blank. */
    @Nullable
    String parameter(String name) {
        String value = parameters.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The device's IPv4 address; null if the row holds none. */
    @Nullable
    String forwardedFor() {
        return forwardedFor;
    }

    void forwardFor(String address) {
        forwardedFor = address;
    }

    /** Notes why the row cannot be sent; only the first reason stays. */
    void refuse(String reason) {
        if (fault == null) {
            fault = reason;
        }
    }

    /** Why the row cannot be sent; null if nothing speaks against it so far. */
    @Nullable
    String fault() {
        return fault;
    }
}
