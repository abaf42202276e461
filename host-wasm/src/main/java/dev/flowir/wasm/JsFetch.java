package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** One request by the platform's {@code fetch}, as {@code fetching.mjs} hands it out. */
interface JsFetch extends JSObject {

    /** Takes a status. */
    @JSFunctor
    interface Answered extends JSObject {
        void call(int status);
    }

    /** Takes a field of a header. */
    @JSFunctor
    interface Field extends JSObject {
        void call(String name, String value);
    }

    /** Takes bytes. */
    @JSFunctor
    interface Piece extends JSObject {
        void call(byte[] bytes);
    }

    /** Adds a header to the request. */
    void header(String name, String value);

    /** The whole body, before it begins. */
    void whole(byte[] body);

    /** The body comes in pieces; a negative length is not known. To be said before it begins. */
    void pieces(double length);

    void begin(String method, String url, Answered answered, JsPlatform.TextCallback failed);

    /** Sends a piece of the body. */
    void write(byte[] piece, JsPlatform.SentCallback taken);

    /** Nothing follows. */
    void end();

    /** The headers of the reply. */
    void headers(Field field);

    /** The next piece of the reply's body. */
    void read(Piece piece, JsPlatform.Callback end, JsPlatform.TextCallback failed);

    /** Gives it up. */
    void abort();
}
