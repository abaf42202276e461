package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.wasm.json.JsonOut;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** What the platform is told to answer. */
sealed interface EdgeReply {

    /** Takes the text of an event stream as it is made; waits for a slow client. */
    interface Sink {
        /** Sends; false when the client has left. */
        boolean send(String text);

        /** Nothing follows. */
        void close();

        /** Nothing follows, and what is being sent is not waited for. */
        void abort();
    }

    int status();

    Map<String, String> headers();

    /** Sends what follows the headers; returns when all is sent. */
    void send(JsIsolate platform, JsCall call);

    /** An answer that is complete. */
    record Whole(int status, Map<String, String> headers, String body)
            implements EdgeReply, EdgeAdmission {

        static final String JSON = "application/json";

        /** What {@link JsCall#json} says by itself. */
        private static final Map<String, String> OF_JSON =
                Map.of("x-content-type-options", "nosniff", "content-type", JSON);

        /** Whether it is JSON with no other headers than every such answer has. */
        @SuppressWarnings("ReferenceEquality") // other maps with the same are answered alike
        boolean isPlain() {
            return headers == OF_JSON;
        }

        static Whole json(int status, String body) {
            return new Whole(status, OF_JSON, body);
        }

        static Whole error(Envelope envelope) {
            return json(envelope.status(), text(envelope.json()));
        }

        /** An error for a client that reads events. */
        static Whole event(Envelope envelope) {
            return new Whole(200, eventHeaders(), errorFrame(envelope.json()));
        }

        @Override
        public void send(JsIsolate platform, JsCall call) {
            call.answer(status, body);
        }

        Whole header(String name, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Whole(status, all, body);
        }

        Whole retryAfter(Duration time) {
            long seconds = Math.max(1, (time.toMillis() + 999) / 1_000);
            return header("retry-after", Long.toString(seconds));
        }

        static Whole empty(int status) {
            return new Whole(status, Map.of("x-content-type-options", "nosniff"), "");
        }
    }

    /** An event stream; {@code pump} runs in a coroutine of its own. */
    record Stream(Consumer<Sink> pump, Runnable left) implements EdgeReply {

        @Override
        public int status() {
            return 200;
        }

        @Override
        public Map<String, String> headers() {
            return eventHeaders();
        }

        @Override
        public void send(JsIsolate platform, JsCall call) {
            JsCall.Writer writer = call.stream(status(), () -> platform.spawn(left));
            pump.accept(new JsSink(platform, writer));
        }
    }

    /**
     * An object answers, to which the client's WebSocket or event stream goes.
     *
     * @param type its class
     * @param object its name
     * @param parameters JSON of the parameters of the path
     * @param events true for an event stream
     */
    record Handed(String type, String object, String parameters, boolean events)
            implements EdgeReply {

        @Override
        public int status() {
            return events ? 200 : 101;
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public void send(JsIsolate platform, JsCall call) {
            Isolate.platform().objects(type).hand(call, object, parameters, events);
        }
    }

    private static Map<String, String> eventHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "text/event-stream");
        headers.put("cache-control", "no-cache");
        headers.put("x-content-type-options", "nosniff");
        return headers;
    }

    /** An error as an event. */
    static String errorFrame(JsonValue error) {
        return "event: error\n" + frame(text(error));
    }

    /** Data of an event; JSON has no line breaks. */
    static String frame(String data) {
        return "data: " + data + "\n\n";
    }

    /** JSON of an error. */
    static String text(JsonValue value) {
        JsonOut out = new JsonOut();
        try {
            out.value(value);
        } catch (CodecException unwritable) {
            return "{\"error\":\"the error is too large to be told\"}";
        }
        return out.take();
    }
}
