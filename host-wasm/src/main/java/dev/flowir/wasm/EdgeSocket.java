package dev.flowir.wasm;

import dev.flowir.ir.Type;
import dev.flowir.kernel.cap.Frame;
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
                    case Frame.Text it -> () -> js.text(it.text(), it.id());
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
        SocketLimits.ensureClose(code, reason);
        leave(() -> js.close(code, reason));
    }

    @Override
    public <T> Optional<T> attachment(Type<T> type) {
        byte[] bytes = js.attachment();
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(SocketLimits.attachment(FormBook.ofWorker(), type, bytes));
    }

    @Override
    public <T> void attach(Type<T> type, T value) {
        byte[] bytes = limits.attached(FormBook.ofWorker(), type, value, MOST_ATTACHED);
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
