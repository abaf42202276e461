package dev.flowir.wasm;

import dev.flowir.http.HttpFault;
import dev.flowir.http.HttpRemote;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request by the platform and its reply: both bodies pass piece by piece. */
final class EdgeExchange implements HttpRemote.Body {

    private final JsFetch js;
    private final Waiting waiting = new Waiting();
    private @Nullable String failed;
    private int status;
    private boolean taken;
    private boolean asked;
    private boolean ended;
    private byte @Nullable [] piece;

    EdgeExchange(JsFetch js) {
        this.js = js;
    }

    void header(HttpRemote.Field field) {
        js.header(field.name(), field.value());
    }

    /** Sends the request and waits for the headers of its reply. */
    HttpRemote.Reply send(HttpRemote.Request request, long limitNanos)
            throws HttpRemote.Trouble, InterruptedException {
        long end = waiting.now() + limitNanos;
        HttpRemote.Content content = request.content();
        long length = content.length().orElse(-1);
        try {
            if (length == 0) {
                begin(request);
            } else {
                send(request, length, content.open(), end);
            }
        } catch (IOException | RuntimeException broken) {
            throw HttpRemote.Trouble.of(
                    HttpFault.REQUEST_BODY, "the body of the request broke off: " + broken, broken);
        }
        if (!waiting.until(() -> status > 0 || failed != null, end - waiting.now())) {
            throw HttpRemote.Trouble.late();
        }
        if (failed != null) {
            throw EdgeHttp.trouble(failed);
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        js.headers(
                (name, value) -> headers.computeIfAbsent(name, it -> new ArrayList<>()).add(value));
        return new HttpRemote.Reply(status, headers, this);
    }

    private void begin(HttpRemote.Request request) {
        js.begin(
                request.method(),
                request.uri().toString(),
                answered -> {
                    status = answered;
                    waiting.changed();
                },
                this::failed);
    }

    private void failed(String why) {
        failed = why;
        waiting.changed();
    }

    private void send(HttpRemote.Request request, long length, InputStream body, long end)
            throws HttpRemote.Trouble, InterruptedException, IOException {
        try (body) {
            Pieces pieces = new Pieces(body);
            byte[] next = pieces.next();
            if (Pieces.isLast(next)) {
                checkLength(next.length, length);
                js.whole(next);
                begin(request);
                return;
            }
            js.pieces((double) length);
            begin(request);
            long sum = 0;
            while (next.length > 0 && status == 0 && failed == null) {
                sum += next.length;
                if (length >= 0 && sum > length) {
                    checkLength(sum, length);
                }
                write(next, end);
                next = pieces.next();
            }
            if (next.length == 0) {
                checkLength(sum, length);
                js.end();
            }
        }
    }

    private static void checkLength(long bytes, long said) throws IOException {
        if (said >= 0 && bytes != said) {
            throw new IOException(bytes + " bytes where " + said + " were announced");
        }
    }

    /** Sends a piece; the answer may come before it was taken. */
    private void write(byte[] bytes, long end) throws HttpRemote.Trouble, InterruptedException {
        taken = false;
        js.write(
                bytes,
                there -> {
                    taken = true;
                    waiting.changed();
                });
        if (!waiting.until(() -> taken || status > 0 || failed != null, end - waiting.now())) {
            throw HttpRemote.Trouble.late();
        }
    }

    @Override
    public Optional<ByteBuffer> next(Duration limit)
            throws HttpRemote.Trouble, InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        if (!asked) {
            asked = true;
            js.read(
                    bytes -> {
                        piece = bytes;
                        waiting.changed();
                    },
                    () -> {
                        ended = true;
                        waiting.changed();
                    },
                    this::failed);
        }
        boolean there =
                waiting.until(() -> piece != null || ended || failed != null, limit.toNanos());
        if (!there) {
            throw HttpRemote.Trouble.late();
        }
        byte[] bytes = piece;
        if (bytes != null) {
            piece = null;
            asked = false;
            return Optional.of(ByteBuffer.wrap(bytes));
        }
        if (ended) {
            return Optional.empty();
        }
        throw EdgeHttp.trouble(String.valueOf(failed));
    }

    @Override
    public void close() {
        js.abort();
    }
}
