package dev.flowir.blob;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sums of a body beside its way to the disk. To sum takes longer than to write, so the next bytes
 * are read and written meanwhile; a few buffers are on their way, and no more. For one thread.
 */
final class Summing {

    private static final int BUFFERS = 4;

    private final List<MessageDigest> digests;
    private final int bytes;
    private final byte[][] buffers = new byte[BUFFERS][];
    private final CompletableFuture<?>[] used = new CompletableFuture<?>[BUFFERS];
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private int at = -1;

    Summing(Collection<MessageDigest> digests, int bytes) {
        this.digests = List.copyOf(digests);
        this.bytes = bytes;
    }

    /** The next buffer, whose bytes of before have been summed. */
    byte[] buffer() {
        at = (at + 1) % BUFFERS;
        if (used[at] != null) {
            used[at].join();
        }
        if (buffers[at] == null) {
            buffers[at] = new byte[bytes];
        }
        return buffers[at];
    }

    /** Sums so many of the bytes of the buffer, which is only read until it is given again. */
    void sum(int length) {
        byte[] full = buffers[at];
        if (length < bytes && last.isDone()) { // the end, or all there is: nothing to wait for
            update(full, length);
            return;
        }
        last = last.thenRunAsync(() -> update(full, length), Thread::startVirtualThread);
        used[at] = last;
    }

    private void update(byte[] full, int length) {
        for (MessageDigest digest : digests) {
            digest.update(full, 0, length);
        }
    }

    /** Waits until all is summed. */
    void await() {
        last.join();
    }
}
