package dev.flowir.wasm;

import dev.flowir.blob.BlobInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket says to one call. What comes from the event loop is only kept: as WebAssembly, code
 * that could wait must not run outside of a coroutine, and that is nearly all code.
 */
final class BlobAnswer {

    private final Waiting waiting = new Waiting();
    private JsBlobs.@Nullable Info info;
    private JsBlobs.@Nullable Source source;
    private JsBlobs.@Nullable Page page;
    private @Nullable String text;
    private @Nullable String failed;
    private boolean over;
    private boolean taken;

    void found(JsBlobs.Info object) {
        info = object;
        done();
    }

    void opened(JsBlobs.Info object, JsBlobs.Source bytes) {
        source = bytes;
        found(object);
    }

    void listed(JsBlobs.Page objects) {
        page = objects;
        done();
    }

    void said(String answer) {
        text = answer;
        done();
    }

    void failed(String why) {
        failed = why;
        done();
    }

    /** The call is over; without anything else there was no object, or a condition did not hold. */
    void done() {
        over = true;
        waiting.changed();
    }

    /** A piece was taken, or will never be. */
    void taken() {
        taken = true;
        waiting.changed();
    }

    boolean isOver() {
        return over;
    }

    /** Waits until the piece that is sent after {@code sending} was taken. */
    void awaitTaken(Runnable sending) throws InterruptedException {
        taken = false;
        sending.run();
        waiting.until(() -> taken || over, Long.MAX_VALUE);
    }

    /** Waits for the end of the call; what the platform refuses is told by its fault. */
    BlobAnswer await() {
        try {
            waiting.until(() -> over, Long.MAX_VALUE);
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new PlatformException("given up while the bucket was asked");
        }
        String why = failed;
        if (why != null) {
            throw BlobForms.refusal(new PlatformException(why));
        }
        return this;
    }

    Optional<BlobInfo> info() {
        JsBlobs.Info object = info;
        return object == null ? Optional.empty() : Optional.of(BlobForms.info(object));
    }

    JsBlobs.Source source() {
        JsBlobs.Source bytes = source;
        if (bytes == null) {
            throw new IllegalStateException("no object was opened");
        }
        return bytes;
    }

    JsBlobs.Page page() {
        JsBlobs.Page objects = page;
        if (objects == null) {
            throw new IllegalStateException("nothing was listed");
        }
        return objects;
    }

    String text() {
        String answer = text;
        if (answer == null) {
            throw new IllegalStateException("nothing was said");
        }
        return answer;
    }
}
