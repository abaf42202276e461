package dev.flowir.wasm;

import org.teavm.jso.JSObject;

/** The body of a request that is a form, as {@code forms.mjs} hands it out. */
interface JsForm extends JSObject {

    /** A sum over bytes, which the platform works out beside the program. */
    interface Sum extends JSObject {
        void add(byte[] piece);

        void hex(JsPlatform.TextCallback done, JsPlatform.TextCallback failed);
    }

    /** The next piece; one is asked for at a time. */
    void read(JsFetch.Piece piece, JsPlatform.Callback end, JsPlatform.TextCallback failed);

    /** Throws away what follows, within bounds, so that its client gets to read the answer. */
    void discard(JsPlatform.Callback done);

    Sum sum();

    /** Nothing of the form is under way any more: the platform may end the request. */
    void over();
}
