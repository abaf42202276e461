package dev.flowir.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowir.ir.CodecException;
import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Frame;
import dev.flowir.object.ObjectException;
import dev.flowir.object.ObjectFault;
import dev.flowir.object.ObjectSocket;
import dev.flowir.object.SocketLimits;
import dev.flowir.wasm.json.FormBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A socket that the platform holds while its object sleeps. */
final class EdgeSocket implements ObjectSocket {

    /** The platform keeps 16,384 bytes with a socket, of which its id takes some. */
    static final int MOST_ATTACHED = 16_256;

    /** Most bytes of a reason, by RFC 6455. */
    private static final int MOST_REASON_BYTES = 123;

    private final EdgeContext context;
    private final SocketLimits limits;
    private final JsSocket js;

    EdgeSocket(EdgeContext context, SocketLimits limits, JsSocket js) {
        this.context = context;
        this.limits = limits;
        this.js = js;
    }

    @Override
    public String id() {
        return js.id();
    }

    @Override
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        js.tags(tags::add);
        return tags;
    }

    @Override
    public boolean isOpen() {
        return js.isOpen();
    }

    @Override
    public void send(Frame frame) {
        leave(
                switch (frame) {
                    case Frame.Text it -> () -> js.text(it.text());
                    case Frame.Bytes it -> () -> js.bytes(it.bytes());
                });
    }

    private void leave(EdgeContext.Leaving frame) {
        context.ensureSending();
        context.leave(frame);
    }

    /** The platform tells nobody how far a client is behind. */
    @Override
    public boolean awaitRoom() {
        if (!context.isOutside()) {
            throw EdgeContext.misplaced("a call waits for a client only inside outside(…)");
        }
        return isOpen();
    }

    @Override
    public void close(int code, String reason) {
        boolean mayBe = code == 1000 || (code >= 3000 && code <= 4999);
        if (!mayBe || reason.getBytes(UTF_8).length > MOST_REASON_BYTES) {
            throw new ObjectException(
                    ObjectFault.BAD_CLOSE,
                    "a socket is closed with 1000 or a code from 3000 to 4999, and a reason of at"
                            + " most "
                            + MOST_REASON_BYTES
                            + " bytes");
        }
        leave(() -> js.close(code, reason));
    }

    @Override
    public <T> Optional<T> attachment(Type<T> type) {
        byte[] bytes = js.attachment();
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(FormBook.ofWorker().of(type).decode(bytes));
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_READABLE,
                    "what is attached to the socket is no value of its type: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public <T> void attach(Type<T> type, T value) {
        byte[] bytes;
        try {
            bytes = FormBook.ofWorker().of(type).encode(value);
        } catch (CodecException e) {
            throw new ObjectException(
                    ObjectFault.NOT_STORABLE,
                    "the value cannot be attached to a socket: " + e.getMessage(),
                    e);
        }
        int most = Math.min(limits.maxAttachmentBytes(), MOST_ATTACHED);
        if (bytes.length > most) {
            throw new ObjectException(
                    ObjectFault.ATTACHMENT_TOO_LARGE,
                    "the attachment has "
                            + bytes.length
                            + " bytes, the most is "
                            + most
                            + "; keep it in the storage and its key here");
        }
        context.ensureSending();
        js.attach(bytes);
    }

    /** Whether it is the same connection. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EdgeSocket it && it.id().equals(id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }
}
