package dev.flowir.wasm;

import dev.flowir.object.ObjectException;
import org.jspecify.annotations.Nullable;

/** Something that an object is to do, answered once. */
final class EdgeErrand {

    private final JsObject.Event event;
    private @Nullable ObjectException because;
    private boolean answered;

    EdgeErrand(JsObject.Event event) {
        this.event = event;
    }

    JsObject.Event event() {
        return event;
    }

    /** Nobody waits for it any more: it will not run, or leave nothing. */
    void giveUp(ObjectException why) {
        if (because == null) {
            because = why;
        }
        fail(why);
    }

    boolean isGivenUp() {
        return because != null;
    }

    void ensureWanted() {
        if (because != null) {
            throw because;
        }
    }

    void done(String answer) {
        if (!answered) {
            answered = true;
            event.done(answer);
        }
    }

    void fail(ObjectException why) {
        if (!answered) {
            answered = true;
            event.failed(why.fault().name(), String.valueOf(why.getMessage()));
        }
    }
}
