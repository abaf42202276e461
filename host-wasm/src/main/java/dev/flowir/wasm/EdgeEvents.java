package dev.flowir.wasm;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.ItemStream;
import dev.flowir.ir.Type;
import dev.flowir.kernel.host.Envelope;
import dev.flowir.kernel.host.LiveStream;
import java.util.Map;

/**
 * Sends a stream of items as server-sent events: an item is pulled only when the one before was
 * taken, so a slow client slows its producer.
 */
final class EdgeEvents {

    /** Code of a failure whose message repeats what a body's exception said. */
    private static final String BODY_FAILED = "RUN101";

    /** 1 s, as in the other hosts. */
    private static final long LAST_WORD_NANOS = 1_000_000_000L;

    private static final String COMMENT = ": keep-alive\n\n";

    private final EdgeHost host;
    private final EdgeRoute route;
    private final EdgeRequest request;
    private final String id;

    EdgeEvents(EdgeHost host, EdgeRoute route, EdgeRequest request, String id) {
        this.host = host;
        this.route = route;
        this.request = request;
        this.id = id;
    }

    /** Sends everything; closes both ends. */
    void pump(ItemStream<?> items, EdgeReply.Sink sink) {
        Silence silence = new Silence(sink);
        LastWord last = new LastWord(sink);
        if (items instanceof LiveStream live) {
            live.whenCut(last::begins);
        }
        try (items) {
            long seen = seen();
            boolean sending = true;
            for (long number = 1; sending; number++) {
                silence.begins();
                ItemStream.Next<?> next = items.next();
                silence.ends();
                sending =
                        switch (next) {
                            case ItemStream.Item<?> item ->
                                    number <= seen || send(sink, item.value(), number);
                            case ItemStream.End<?> end -> false;
                            case ItemStream.Broken<?> broken -> {
                                EdgeLog.of("stream broke: " + broken.message())
                                        .with("flow", route.flow().name())
                                        .with("code", broken.code())
                                        .request(id)
                                        .to(host.platform());
                                sendError(sink, broken.code(), broken.message());
                                yield false;
                            }
                        };
            }
        } catch (InterruptedException stopped) {
            EdgeLog.of("a stream was stopped").request(id).to(host.platform());
        } finally {
            silence.ends();
            last.ends();
            sink.close();
        }
    }

    /** Items that the client has already and a repeatable flow gives again. */
    private long seen() {
        if (!route.isRepeatable()) {
            return 0;
        }
        String last = request.header("last-event-id").orElse("");
        return last.length() <= 18 && Query.isDigits(last) ? Long.parseLong(last) : 0;
    }

    private boolean send(EdgeReply.Sink sink, Object value, long number) {
        try {
            Type<?> type = route.flow().output();
            Type<?> item = type.isStream() ? type.arguments().get(0) : type;
            String data = write(item, value);
            String head = route.isRepeatable() ? "id: " + number + "\n" : "";
            return sink.send(head + EdgeReply.frame(data));
        } catch (CodecException unwritable) {
            sendError(sink, unwritable.code(), unwritable.getMessage());
            return false;
        }
    }

    @SuppressWarnings("unchecked") // the flow's types say what its items are
    private <T> String write(Type<T> type, Object value) throws CodecException {
        return host.forms().edge(type).write((T) value);
    }

    private void sendError(EdgeReply.Sink sink, String code, String message) {
        String told = code.equals(BODY_FAILED) ? "the stream failed" : message;
        sink.send(EdgeReply.errorFrame(Envelope.of(500, code, told, Map.of(), id).json()));
    }

    /** A client that did not keep up is told so while it still takes anything, and cut off then. */
    private final class LastWord {
        private final EdgeReply.Sink sink;
        private boolean over;

        LastWord(EdgeReply.Sink sink) {
            this.sink = sink;
        }

        void begins() {
            host.platform().schedule(LAST_WORD_NANOS, this::abort);
        }

        void ends() {
            over = true;
        }

        private void abort() {
            if (!over) {
                sink.abort();
            }
        }
    }

    /** Breaks the silence while the next item is waited for. */
    private final class Silence {
        private final EdgeReply.Sink sink;
        private Platform.Timer timer = () -> {};

        Silence(EdgeReply.Sink sink) {
            this.sink = sink;
        }

        void begins() {
            timer = host.platform().schedule(host.limits().keepAlive().toNanos(), this::comment);
        }

        void ends() {
            timer.cancel();
        }

        private void comment() {
            host.platform().spawn(() -> sink.send(COMMENT));
            begins();
        }
    }
}
