package dev.flowir.wasm;

import org.teavm.jso.JSObject;

/** A moment of a schedule, told by {@code platform.mjs}. */
interface JsFiring extends JSObject {

    String cron();

    double atMillis();

    /** The flows have run; with a text, some failed. */
    void over(String why);
}
