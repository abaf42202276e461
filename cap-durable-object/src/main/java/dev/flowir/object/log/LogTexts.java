package dev.flowir.object.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.kernel.cap.Frame.Text;

/** What clients of a log are sent, each text with the version from which one goes on. */
final class LogTexts {

    /** What a client is told that says anything but {@code ping}. */
    static final String NOT_UNDERSTOOD = "who follows a log says 'ping' or nothing";

    private LogTexts() {}

    static <S> Text state(LogJson<S, ?> json, LogSnapshot<S> there) {
        return text("snapshot", there.version(), "state", json.encode(there.state()));
    }

    static <E> Text event(LogJson<?, E> json, Envelope<E> event) {
        return event(event.version(), LogJson.text(json.value(event)));
    }

    /** The same of an event whose JSON is there. */
    static Text event(long version, byte[] json) {
        return text("event", version, "event", json);
    }

    private static Text text(String type, long version, String member, byte[] json) {
        return new Text(
                "{\"type\":\""
                        + type
                        + "\",\"version\":"
                        + version
                        + ",\""
                        + member
                        + "\":"
                        + new String(json, UTF_8)
                        + "}",
                Long.toString(version));
    }
}
