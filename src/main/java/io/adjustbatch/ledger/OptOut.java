package io.adjustbatch.ledger;

import java.util.List;

/**
 * A device whose user has opted out, as an answer told.
 *
 * @param appToken the app that it holds for
 * @param rowId the row that was answered
 * @param device every identifier that the row carries
 * @param because what was answered; no identifier
 */
public record OptOut(String appToken, long rowId, List<DeviceHash> device, String because) {

    public OptOut {
        device = List.copyOf(device);
    }
}
