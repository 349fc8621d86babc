package io.adjustbatch.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.adjustbatch.adjust.DeviceIdentity;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;

/** Hashes device identifiers under one key. For one thread. */
public final class DeviceHasher {

    private final Mac mac;

    DeviceHasher(Mac mac) {
        this.mac = mac;
    }

    /** The hash of one identifier. */
    public DeviceHash hash(DeviceIdentity identity) {
        mac.update(identity.name().getBytes(UTF_8));
        mac.update((byte) 0);
        byte[] hash = mac.doFinal(identity.value().getBytes(UTF_8));
        return new DeviceHash(identity.name(), HexFormat.of().formatHex(hash));
    }

    /** The hashes of all of them, in the same order. */
    public List<DeviceHash> hashAll(Collection<DeviceIdentity> identities) {
        return identities.stream().map(this::hash).toList();
    }
}
