package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A rate limit of the platform, as {@code rates.mjs} hands it out. */
interface JsRates extends JSObject {

    /** Takes whether there was a permit. */
    @JSFunctor
    interface Answer extends JSObject {
        void call(boolean there);
    }

    void limit(String key, Answer done, JsPlatform.TextCallback failed);
}
