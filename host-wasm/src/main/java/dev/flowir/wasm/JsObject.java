package dev.flowir.wasm;

import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** One object while it is in memory, as {@code objects.mjs} has it. */
interface JsObject extends JSObject {

    /** Something that the object is to do. */
    interface Event extends JSObject {

        /** {@code call}, {@code alarm}, or of a socket: {@code open}, {@code text} and so on. */
        String kind();

        String call();

        String input();

        /** Negative when there is none. */
        double limitMillis();

        int retryCount();

        /** Of news of a socket. */
        JsSocket socket();

        /** Of a socket to be opened. */
        JsSocket.Asked asked();

        byte[] bytes();

        /** Code that a socket was closed with. */
        int code();

        void done(String answer);

        void failed(String fault, String why);
    }

    /** Takes events. */
    @JSFunctor
    interface Served extends JSObject {
        void call(Event event);
    }

    /** Work that runs at once; answers whether it is kept. */
    @JSFunctor
    interface Work extends JSObject {
        boolean call();
    }

    /** Takes an entry; answers whether to go on. */
    @JSFunctor
    interface Entry extends JSObject {
        boolean call(String key, String value);
    }

    /** Takes a time; not a number for none. */
    @JSFunctor
    interface Time extends JSObject {
        void call(double millis);
    }

    /** A statement, or several. */
    interface Statement extends JsTables.Parameters {
        void run(JsTables.Done done, JsPlatform.TextCallback failed);
    }

    String type();

    String id();

    /** Empty when it is not known. */
    String name();

    /** Who takes what happens to the object from now on. */
    void serves(Served served);

    void begin(JsPlatform.Callback begun, JsPlatform.TextCallback failed);

    void end(boolean keep, JsPlatform.Callback over, JsPlatform.TextCallback failed);

    void sync(JsPlatform.Callback done, JsPlatform.TextCallback failed);

    void nested(Work work);

    boolean has(String key);

    String get(String key);

    void put(String key, String value);

    boolean delete(String key);

    void list(
            String prefix, String start, String after, String end, boolean descending, Entry take);

    void deleteAll();

    void alarm(Time known, JsPlatform.TextCallback failed);

    void setAlarm(double millis);

    void deleteAlarm();

    Statement statement(String sql);

    double databaseBytes();

    void sockets(JsSocket.Each take);

    /** A text that is answered without waking the object. */
    void answers(String to, String with);
}
