package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Wait;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.Payload;
import dev.flowir.kernel.journal.PinnedFlow;

/** A signal as it comes to a run: its name, and its payload as JSON on the next line. */
final class EdgeSignal {

    private EdgeSignal() {}

    /** What is recorded of it: the payload as the node that waits for it reads it. */
    static Entry of(PinnedFlow flow, String text, long atNanos) {
        int end = text.indexOf('\n');
        String name = text.substring(0, end);
        int node = waits(flow, name, false);
        return new Entry.Signalled(
                atNanos, name, payload(flow, node, name, text.substring(end + 1)));
    }

    /** The payload of a signal to a key, as the node that waits for it reads it. */
    static Payload payload(PinnedFlow flow, String name, String json) {
        return payload(flow, waits(flow, name, true), name, json);
    }

    private static Payload payload(PinnedFlow flow, int node, String name, String text) {
        try {
            Payload json = Payload.of(text.getBytes(UTF_8));
            Payload payload = flow.value(node, flow.decode(node, json).object()).encoded();
            ensureSize("the signal", payload.size());
            return payload;
        } catch (CodecException e) {
            throw new JournalException(
                    JournalFault.INVALID,
                    "node '"
                            + flow.alias(node)
                            + "' waits for signal '"
                            + name
                            + "' with another payload: "
                            + e.getMessage(),
                    e);
        }
    }

    private static int waits(PinnedFlow flow, String signal, boolean isKeyed) {
        for (int node = 0; node < flow.plan().nodeCount(); node++) {
            if (flow.waits(node)
                    .filter(wait -> wait.isKeyed() == isKeyed)
                    .flatMap(Wait::signal)
                    .filter(signal::equals)
                    .isPresent()) {
                return node;
            }
        }
        throw new JournalException(
                JournalFault.INVALID,
                "no node of flow '"
                        + flow.name()
                        + "' waits for a signal '"
                        + signal
                        + (isKeyed ? "' with a key" : "' without a key"));
    }

    static void ensureSize(String what, int bytes) {
        if (bytes > EdgeRunLimits.MAX_PAYLOAD_BYTES) {
            throw new JournalException(
                    JournalFault.TOO_LARGE,
                    what
                            + " has "
                            + bytes
                            + " bytes; "
                            + EdgeRunLimits.MAX_PAYLOAD_BYTES
                            + " are allowed");
        }
    }
}
