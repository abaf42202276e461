package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** A client's connection to an object, as {@code sockets.mjs} has it. */
interface JsSocket extends JSObject {

    /** Takes a socket. */
    @JSFunctor
    interface Each extends JSObject {
        void call(JsSocket socket);
    }

    /** How a client asked for it. */
    interface Asked extends JSObject {
        String query();

        void headers(JsFetch.Field field);

        void parameters(JsFetch.Field field);

        /** True for server-sent events, which come to the object as a socket. */
        boolean events();
    }

    String id();

    void tags(JsPlatform.TextCallback tag);

    boolean isOpen();

    /** Sends text; a client of events goes on from {@code id}, unless that is empty. */
    void text(String text, String id);

    void bytes(byte[] bytes);

    void close(int code, String reason);

    /** Empty when there is none. */
    byte[] attachment();

    void attach(byte[] bytes);

    /** Adds a tag to those it is taken with. */
    void tag(String tag);

    /** It stays, also while the object sleeps; what was sent before leaves now. */
    void accept();
}
