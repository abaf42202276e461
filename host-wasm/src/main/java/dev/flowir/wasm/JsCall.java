package dev.flowir.wasm;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/** One request and its answer, made by {@code platform.mjs}. */
interface JsCall extends JSObject {

    /** The whole body was read. */
    int WHOLE = 0;

    /** The body is larger than allowed. */
    int TOO_LARGE = 1;

    /** The body is no UTF-8. */
    int NOT_TEXT = 2;

    /** An open event stream. */
    interface Writer extends JSObject {
        void send(String text, JsPlatform.SentCallback sent);

        void close();

        void abort();
    }

    String method();

    String path();

    String query();

    @Nullable String header(String name);

    int headerCount();

    void body(int maxBytes, JsPlatform.BodyCallback done);

    void onLeave(JsPlatform.Callback left);

    /** Adds a header to the answer to come. */
    void answerHeader(String name, String value);

    void answer(int status, String body);

    /** Answers in JSON, with the headers that every such answer has. */
    void json(int status, String id, String body);

    Writer stream(int status, JsPlatform.Callback left);

    /** Lets the platform end the request: nothing of it runs any more. */
    void over();
}
