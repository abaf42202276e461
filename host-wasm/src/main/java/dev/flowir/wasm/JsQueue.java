package dev.flowir.wasm;

import org.teavm.jso.JSObject;

/** A queue to send to, as {@code bindings.mjs} hands it out. */
interface JsQueue extends JSObject {

    /** Messages on their way together. A negative delay leaves it to the queue. */
    interface Batch extends JSObject {
        void text(String body, double delaySeconds);

        void json(String body, double delaySeconds);

        void bytes(byte[] body, double delaySeconds);

        void send(Sent done, JsPlatform.TextCallback failed);
    }

    /** Takes the backlog; negative where the platform does not tell it. */
    @org.teavm.jso.JSFunctor
    interface Sent extends JSObject {
        void call(double backlogCount, double backlogBytes);
    }

    Batch batch();
}
