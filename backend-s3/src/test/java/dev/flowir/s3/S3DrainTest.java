package dev.flowir.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.RemoteBlobs;
import dev.flowir.kernel.cap.Scope;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of calls that are under way when a client is closed. */
class S3DrainTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** More than is read ahead: the last byte comes when somebody lets it. */
    private static final int BYTES = 300_000;

    /** A body that waits before its last byte. */
    private static final class Held extends InputStream {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch go = new CountDownLatch(1);
        private int left = BYTES;

        @Override
        public int read() throws InterruptedIOException {
            if (left == 0) {
                return -1;
            }
            if (left == 1) {
                begun.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("interrupted");
                }
            }
            left--;
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) throws InterruptedIOException {
            int next = read();
            if (next < 0) {
                return -1;
            }
            into[offset] = (byte) next;
            return 1;
        }
    }

    private static S3 client(WireS3 server, Duration answer) {
        return S3.at(Benches.at(server.endpoint()).with(new S3Patience(LONG, LONG, answer, 1)));
    }

    private static <T> FutureTask<T> started(FutureTask<T> task) {
        Thread.ofVirtual().start(task);
        return task;
    }

    private static FutureTask<BlobInfo> put(RemoteBlobs blobs, Held body) throws Exception {
        FutureTask<BlobInfo> put =
                started(
                        new FutureTask<>(() ->
                                blobs.writer(Scope.outside("test"))
                                        .put("k", BlobBody.of(body, BYTES))));
        assertTrue(body.begun.await(LONG.toSeconds(), TimeUnit.SECONDS));
        return put;
    }

    private static void awaitRefusal(RemoteBlobs blobs) {
        long end = System.nanoTime() + LONG.toNanos();
        while (System.nanoTime() < end) {
            try {
                blobs.reader().head("k");
            } catch (S3CallException refused) {
                assertEquals(S3Fault.CLOSED, refused.fault());
                return;
            }
        }
        throw new AssertionError("it takes calls after it was closed");
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        Held body = new Held();
        try (WireS3 server = new WireS3()) {
            S3 s3 = client(server, LONG);
            RemoteBlobs blobs = s3.blobs("b", "bucket");
            FutureTask<BlobInfo> put = put(blobs, body);
            FutureTask<Boolean> closing =
                    started(
                            new FutureTask<>(() -> {
                                s3.close();
                                return true;
                            }));
            awaitRefusal(blobs);
            body.go.countDown();
            assertEquals(BYTES, put.get(LONG.toSeconds(), TimeUnit.SECONDS).size());
            assertTrue(closing.get(LONG.toSeconds(), TimeUnit.SECONDS));
            assertEquals(0, s3.stats().underWay());
        }
    }

    @Test
    void closingWaitsNoLongerThanForAnAnswer() throws Exception {
        Held body = new Held();
        try (WireS3 server = new WireS3()) {
            S3 s3 = client(server, Duration.ofSeconds(1));
            RemoteBlobs blobs = S3ServerTest.bind(s3);
            FutureTask<BlobInfo> put = put(blobs, body);
            s3.close(); // comes back although the body never ends
            body.go.countDown();
            ExecutionException cut =
                    assertThrows(
                            ExecutionException.class,
                            () -> put.get(LONG.toSeconds(), TimeUnit.SECONDS));
            assertTrue(cut.getCause() instanceof RuntimeException, cut::toString);
        }
    }
}
