package dev.flowir.wasm;

import dev.flowir.kernel.journal.JournalFault;

/** Brings signals to a key, whichever run waits for it. */
final class EdgeKeyDesk implements EdgeDesk {

    /** Names the key in paths. */
    static final String KEY = "key";

    @Override
    public EdgeReply answer(Asked asked) {
        String flow = asked.route().flow().name();
        String name = String.valueOf(asked.path().get(EdgeRunDesk.SIGNAL));
        String key = String.valueOf(asked.path().get(KEY));
        if (!EdgeRunDesk.isName(name)) {
            return EdgeRunDesk.refused(
                    JournalFault.INVALID, "'" + name + "' is no name of a signal", asked);
        }
        String input = EdgeParts.join(flow, name, key, asked.body());
        String object = EdgeAddress.name(flow, name + ":" + key);
        return EdgeRunDesk.answered(object, EdgeAddress.SEND, input, 202, asked);
    }
}
