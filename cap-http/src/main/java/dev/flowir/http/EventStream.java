package dev.flowir.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Events as they come. When the stream ends or breaks it does not begin again by itself: whoever
 * wants the rest asks again, {@link HttpRead#resumingAfter} {@link #lastEventId()}. Close it; for
 * one thread.
 */
public final class EventStream implements AutoCloseable {

    private final Answer answer;
    private final EventParser parser;
    private final int maxEventBytes;
    private final byte[] block = new byte[8192];
    private int at;
    private int filled;

    /** The content type of such a body. */
    static final String TYPE = "text/event-stream";

    static boolean isOne(Answer answer) {
        String type = answer.header("content-type").orElse("");
        return answer.status() == 200
                && type.strip().regionMatches(true, 0, TYPE, 0, TYPE.length());
    }

    static EventStream of(Answer answer, int maxEventBytes) {
        if (!isOne(answer)) {
            answer.body().close();
            throw answer.call()
                    .failed(
                            HttpFault.NOT_EVENTS,
                            "status "
                                    + answer.status()
                                    + " and content type '"
                                    + answer.header("content-type").orElse("")
                                    + "', expected 200 and "
                                    + TYPE);
        }
        return new EventStream(answer, maxEventBytes);
    }

    private EventStream(Answer answer, int maxEventBytes) {
        this.answer = answer;
        this.parser = new EventParser(maxEventBytes);
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * The next event.
     *
     * @return the event; empty when the stream has ended
     * @throws HttpException when it breaks off, is silent for too long, or the event is too large
     */
    public Optional<ServerEvent> next() {
        try {
            while (true) {
                while (at < filled) {
                    Optional<ServerEvent> event = parser.take(block[at++] & 0xFF);
                    if (event.isPresent()) {
                        return event;
                    }
                }
                at = 0;
                filled = answer.body().read(block, 0, block.length);
                if (filled < 0) {
                    filled = 0;
                    return Optional.empty();
                }
            }
        } catch (EventParser.TooLarge e) {
            close();
            throw answer.call()
                    .failed(
                            HttpFault.EVENT_TOO_LARGE,
                            "an event has more than "
                                    + maxEventBytes
                                    + " bytes; raise HttpLimits.maxEventBytes");
        }
    }

    /** {@return the id to resume after; empty when the service gave none} */
    public String lastEventId() {
        return parser.lastId();
    }

    /** {@return how long to wait before asking again, when the service said so} */
    public Optional<Duration> reconnectionTime() {
        return parser.retry();
    }

    /**
     * The first header of a name.
     *
     * @param name in any case
     * @return its value; empty when there is none
     */
    public Optional<String> header(String name) {
        return answer.header(name);
    }

    /**
     * A text of the service as messages may show it: on one line, cut at 300 characters, the call's
     * secrets taken out.
     *
     * @param text what came
     * @return what may be shown
     */
    public String shown(String text) {
        return Shown.text(text, answer.call().secrets());
    }

    @Override
    public void close() {
        answer.body().close();
    }
}
