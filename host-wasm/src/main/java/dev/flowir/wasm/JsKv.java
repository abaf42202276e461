package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A namespace of Workers KV, as {@code bindings.mjs} hands it out. Metadata is JSON text. */
interface JsKv extends JSObject {

    /** Takes an entry; metadata is empty when there is none. */
    @JSFunctor
    interface Entry extends JSObject {
        void call(byte[] value, String metadata);
    }

    /** Takes a listed key; an expiry of 0 stands for none. */
    @JSFunctor
    interface Key extends JSObject {
        void call(String name, String metadata, double expirySeconds);
    }

    void get(
            String key,
            double cacheSeconds,
            Entry found,
            JsPlatform.Callback missing,
            JsPlatform.TextCallback failed);

    void list(
            String prefix,
            int limit,
            String cursor,
            Key key,
            JsPlatform.TextCallback done,
            JsPlatform.TextCallback failed);

    void put(
            String key,
            byte[] value,
            double ttlSeconds,
            double expirySeconds,
            String metadata,
            JsPlatform.Callback done,
            JsPlatform.TextCallback failed);

    void delete(String key, JsPlatform.Callback done, JsPlatform.TextCallback failed);
}
