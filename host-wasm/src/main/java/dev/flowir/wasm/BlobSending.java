package dev.flowir.wasm;

import java.io.IOException;
import java.io.InputStream;

/** A body on its way to a bucket, a piece at a time. */
final class BlobSending {

    private BlobSending() {}

    /** Sends all of it and waits for the answer; what the body throws gives the write up. */
    static BlobAnswer send(JsBlobs.Sink sink, InputStream body, BlobAnswer answer) {
        boolean whole = false;
        try {
            Pieces pieces = new Pieces(body);
            for (byte[] next = pieces.next();
                    next.length > 0 && !answer.isOver();
                    next = pieces.next()) {
                byte[] piece = next;
                answer.awaitTaken(() -> sink.write(piece, there -> answer.taken()));
            }
            sink.end();
            answer.await();
            whole = true;
            return answer;
        } catch (IOException broken) {
            throw new PlatformException("the body broke off: " + broken);
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            throw new PlatformException("given up while it was written");
        } finally {
            if (!whole) {
                sink.abort();
            }
        }
    }
}
