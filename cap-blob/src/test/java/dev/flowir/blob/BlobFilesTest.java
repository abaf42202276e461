package dev.flowir.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.FileSink.Received;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFilesTest {

    /** What a bucket has that is no bytes of anybody. */
    private static final Set<String> NO_CONTENT = Set.of("bucket.id", ".lock");

    private static final int PART = BlobFiles.PART_BYTES;

    @TempDir Path folder;

    private final BlobStore memory = BlobStore.memory("b");
    private final BlobWriter writer = memory.writer(Scope.outside("test"));

    /** Gives nothing but an error. */
    private static final class Breaking extends InputStream {
        private final IOException cause;

        Breaking(IOException cause) {
            this.cause = cause;
        }

        @Override
        public int read() throws IOException {
            throw cause;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            throw cause;
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static List<String> keys(BlobReader reader) {
        return reader.list(BlobQuery.all()).objects().stream().map(BlobInfo::key).toList();
    }

    @Test
    void aFileIsSeenWhenItIsKeptAndGoneWhenItIsDiscarded() throws IOException {
        BlobFiles files = BlobFiles.under(writer, "img/");
        for (int size : new int[] {0, 1, 64 * 1024, PART - 1, PART, PART + 1, 2 * PART}) {
            byte[] sent = bytes(size);
            Received file = files.receive("image/png", new ByteArrayInputStream(sent));
            assertEquals(List.of(), keys(writer));
            assertTrue(file.key().startsWith("img/"));

            file.keep();

            try (Blob blob = writer.get(file.key()).orElseThrow()) {
                assertArrayEquals(sent, blob.bytes());
                assertEquals("image/png", blob.info().metadata().http().contentType().orElse(""));
            }
            file.discard();
            assertEquals(List.of(), keys(writer));
        }
        Received unkept = files.receive("", new ByteArrayInputStream(bytes(10)));
        unkept.discard();
        assertThrows(BlobException.class, unkept::keep);
    }

    @Test
    void noChangeIsToldOfAFileThatIsNotKept() throws IOException {
        List<String> told = new ArrayList<>();
        memory.events()
                .connect(
                        EventRule.on("all", BlobAction.Kind.OBJECT_CREATE),
                        events -> events.forEach(event -> told.add(event.key())));
        BlobFiles files = BlobFiles.under(writer, "");
        files.receive("", new ByteArrayInputStream(bytes(10))).discard();
        Received kept = files.receive("", new ByteArrayInputStream(bytes(10)));
        kept.keep();
        while (told.isEmpty()) {
            Thread.onSpinWait();
        }
        assertEquals(List.of(kept.key()), told);
    }

    @Test
    void ofAFileThatBreaksOffNothingIsLeftOnTheDisk() throws IOException {
        IOException cut = new IOException("cut");
        try (Store store = Store.open(folder.resolve("s.db"), StoreOptions.defaults());
                BlobStore bucket = BlobStore.files("b", store, folder.resolve("b"))) {
            BlobWriter disk = bucket.writer(Scope.outside("test"));
            BlobFiles files = BlobFiles.under(disk, "img/");
            for (int before : new int[] {0, 100, PART, PART + 5}) {
                InputStream breaking =
                        new SequenceInputStream(
                                new ByteArrayInputStream(bytes(before)), new Breaking(cut));
                assertSame(cut, assertThrows(IOException.class, () -> files.receive("", breaking)));
                assertEquals(List.of(), keys(disk));
            }
            try (Stream<Path> left = Files.walk(folder.resolve("b"))) {
                assertEquals(
                        List.of(),
                        left.filter(file -> file.toFile().isFile())
                                .filter(file ->
                                        !NO_CONTENT.contains(String.valueOf(file.getFileName())))
                                .toList());
            }
        }
    }
}
