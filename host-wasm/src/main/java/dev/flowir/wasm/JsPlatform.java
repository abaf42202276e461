package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The functions of {@code platform.mjs}, as the program sees them. */
interface JsPlatform extends JSObject {

    /** Something to call back. */
    @JSFunctor
    interface Callback extends JSObject {
        void call();
    }

    /** Takes a body: a {@link JsCall} constant, and its text. */
    @JSFunctor
    interface BodyCallback extends JSObject {
        void call(int state, String text);
    }

    /** Takes whether what was sent has arrived. */
    @JSFunctor
    interface SentCallback extends JSObject {
        void call(boolean there);
    }

    /** Takes a text. */
    @JSFunctor
    interface TextCallback extends JSObject {
        void call(String text);
    }

    double nowMillis();

    int later(Callback task, double millis);

    void forget(int timer);

    void defer(Callback task);

    String uuid();

    void log(String line);

    /** Whether something is bound to the worker that has a method. */
    boolean isBound(String name, String method);

    JsKv kv(String name);

    JsQueue queue(String name);

    JsBlobs blobs(String name);

    /** A request by the platform; the name of a service that is bound, or empty for outside. */
    JsFetch fetching(String service);

    /** The host of an URL, as the platform writes it. */
    String host(String url);

    /** Milliseconds since 1970 of a date in text; negative when it is none. */
    double dateMillis(String text);

    JsObjects objects(String type);

    JsD1 d1(String name);

    JsRates rates(String name);

    /** The body of a request that is a form. */
    JsForm form(JsCall call);

    /** The text of a secret; empty when there is none. */
    String secret(String name);
}
