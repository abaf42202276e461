package dev.flowir.wasm;

import org.teavm.jso.JSObject;

/** Messages of one queue, handed over together by {@code platform.mjs}. */
interface JsBatch extends JSObject {

    /** One message. The first of ack and retry counts. */
    interface Message extends JSObject {
        String id();

        /** From 1. */
        int attempts();

        /** The body as JSON; empty when it is bytes. */
        String text();

        void ack();

        /** Asks for it again; a negative delay leaves it to the queue. */
        void retry(double delaySeconds);
    }

    String queue();

    int size();

    Message message(int index);

    /** All are settled; with a text, none is. */
    void over(String why);
}
