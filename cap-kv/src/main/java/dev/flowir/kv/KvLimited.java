package dev.flowir.kv;

import dev.flowir.kernel.cap.CapabilityProvider;

/** Entries that are held to limits, which can be others. */
interface KvLimited extends CapabilityProvider {

    /** The limits in force. */
    KvLimits limits();

    /** The same entries under other limits. */
    CapabilityProvider with(KvLimits limits);
}
