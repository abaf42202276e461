package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Objects of one class, as {@code bindings.mjs} hands them out to who calls them. */
interface JsObjects extends JSObject {

    /** Takes a fault's name and what was said. */
    @JSFunctor
    interface Refused extends JSObject {
        void call(String fault, String why);
    }

    /** A line to one object. */
    interface Wire extends JSObject {
        void call(
                String call,
                String input,
                double limitMillis,
                JsPlatform.TextCallback done,
                Refused failed);
    }

    String idOf(String name);

    String freshId();

    boolean isId(String text);

    Wire wire(String id, String name);

    /** Has an object answer in place of the program. */
    void hand(JsCall call, String name, String parameters, boolean events);
}
