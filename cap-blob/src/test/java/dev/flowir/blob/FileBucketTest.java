package dev.flowir.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands on the disk. */
class FileBucketTest {

    @TempDir Path place;

    private Store store;
    private BlobStore bucket;

    @BeforeEach
    void open() {
        store = Store.open(place.resolve("s.db"), StoreOptions.defaults());
        bucket = BlobStore.files("b", store, place.resolve("content"));
    }

    @AfterEach
    void close() {
        bucket.close();
        store.close();
    }

    private void reopen() {
        bucket.close();
        bucket = BlobStore.files("b", store, place.resolve("content"));
    }

    private BlobWriter writer() {
        return bucket.writer(Scope.outside("test"));
    }

    private List<Path> files(String below) throws IOException {
        try (Stream<Path> all = Files.walk(place.resolve("content/b").resolve(below))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static BlobFault fault(Runnable work) {
        return assertThrows(BlobException.class, work::run).fault();
    }

    @Test
    void replacedAndDeletedObjectsLeaveNoFile() throws IOException {
        writer().put("a", BlobBody.of("1"));
        writer().put("a", BlobBody.of("2"));
        writer().copy("a", "b");
        writer().copy("b", "b");
        assertEquals(1, files("objects").size());
        writer().delete("a");
        assertEquals(Optional.of("2"), bucket.reader().get("b").map(Blob::text));
        writer().delete("b");
        BlobUpload upload = writer().createUpload("u", BlobMetadata.none());
        upload.part(1, BlobBody.of("x"));
        upload.part(1, BlobBody.of("y"));
        upload.abort();
        assertEquals(List.of(), files("objects"));
        assertEquals(List.of(), files("incoming"));
    }

    @Test
    void aRefusedPutLeavesNoFile() throws IOException {
        PutOptions wrong = PutOptions.none().verifying(Checksum.md5("0".repeat(32)));
        assertEquals(BlobFault.BAD_DIGEST, fault(() -> writer().put("a", BlobBody.of("x"), wrong)));
        PutOptions absent = PutOptions.none().onlyIf(BlobConditions.ifMatch("*"));
        assertInstanceOf(BlobPut.Unmet.class, writer().put("a", BlobBody.of("x"), absent));
        assertEquals(List.of(), files("objects"));
        assertEquals(List.of(), files("incoming"));
    }

    @Test
    void whatACrashLeftIsSweptAndWhatBelongsToAnObjectMoves() throws IOException {
        writer().put("kept", BlobBody.of("kept"));
        Path file = files("objects").get(0);
        Path incoming = place.resolve("content/b/incoming");
        bucket.close();
        Files.move(file, incoming.resolve(file.getFileName()));
        Files.writeString(incoming.resolve("0".repeat(32)), "an orphan");
        bucket = BlobStore.files("b", store, place.resolve("content"));
        assertEquals(Optional.of("kept"), bucket.reader().get("kept").map(Blob::text));
        assertEquals(List.of(), files("incoming"));
        assertEquals(List.of(file), files("objects"));
    }

    @Test
    void whatIsReadWhileItGoesIsDeletedAfterwards() throws IOException {
        writer().put("a", BlobBody.of(new byte[100_000]));
        Blob open = bucket.reader().get("a").orElseThrow();
        writer().delete("a");
        assertEquals(1, files("objects").size());
        assertEquals(100_000, open.bytes().length);
        assertEquals(List.of(), files("objects"));
    }

    @Test
    void aWriteInATransactionThatFailsLeavesTheOldObject() throws IOException {
        writer().put("a", BlobBody.of("old"));
        assertThrows(
                IOException.class,
                () ->
                        store.write(tx -> {
                            writer().put("a", BlobBody.of("new"));
                            assertEquals(
                                    Optional.of("new"), bucket.reader().get("a").map(Blob::text));
                            throw new IOException("no");
                        }));
        assertEquals(Optional.of("old"), bucket.reader().get("a").map(Blob::text));
        reopen();
        assertEquals(1, files("").stream().filter(f -> f.toString().contains("objects")).count());
        assertEquals(List.of(), files("incoming"));
        assertEquals(Optional.of("old"), bucket.reader().get("a").map(Blob::text));
    }

    @Test
    void changedCutAndMissingFilesAreTold() throws IOException {
        for (String how : List.of("changed", "cut", "missing")) {
            writer().put(how, BlobBody.of("0123456789"));
            Path file = files("objects").get(0);
            switch (how) {
                case "changed" -> Files.writeString(file, "0123x56789");
                case "cut" -> Files.writeString(file, "012");
                default -> Files.delete(file);
            }
            assertEquals(
                    BlobFault.CORRUPT, fault(() -> bucket.reader().get(how).orElseThrow().bytes()));
            writer().delete(how);
        }
    }

    @Test
    void aFolderHasOneStoreAndIsOpenedOnce() throws IOException {
        writer().put("a", BlobBody.of("x"));
        assertEquals(
                BlobFault.WRONG_FOLDER,
                fault(() -> BlobStore.files("b", store, place.resolve("content"))));
        bucket.close();
        assertEquals(
                BlobFault.WRONG_FOLDER,
                fault(() -> BlobStore.files("b", store, place.resolve("elsewhere"))));
        try (Store other = Store.open(place.resolve("o.db"), StoreOptions.defaults())) {
            assertEquals(
                    BlobFault.WRONG_FOLDER,
                    fault(() -> BlobStore.files("b", other, place.resolve("content"))));
        }
        reopen();
        assertEquals(Optional.of("x"), bucket.reader().get("a").map(Blob::text));
        bucket.close();
        assertEquals(BlobFault.CLOSED, fault(() -> bucket.reader().head("a")));
        assertEquals(BlobFault.CLOSED, fault(() -> writer().put("a", BlobBody.of("y"))));
    }

    @Test
    void aHostileNameOfABucketIsNoPath() throws IOException {
        for (String name : List.of("../../x", "/etc", "..", "A", "", "\u0000", "con".repeat(99))) {
            Path folder = place.resolve("names");
            try (BlobStore strange = BlobStore.files(name, store, folder)) {
                strange.writer(Scope.outside("test")).put("k", BlobBody.of(name));
            }
            assertTrue(Opening.folderName(name).matches("_[0-9a-f]{64}"), name);
        }
        try (Stream<Path> all = Files.list(place)) {
            assertEquals(
                    List.of("content", "names"),
                    all.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString())
                            .sorted()
                            .toList());
        }
    }

    @Test
    void aPublisherIsStoredAsItEmits() {
        SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>();
        Thread emitting =
                Thread.startVirtualThread(() -> {
                    while (publisher.getNumberOfSubscribers() == 0) {
                        Thread.onSpinWait();
                    }
                    for (int i = 0; i < 1000; i++) {
                        publisher.submit(ByteBuffer.wrap(new byte[] {(byte) i, 1, 2}));
                    }
                    publisher.close();
                });
        writer().put("p", BlobBody.of(publisher, OptionalLong.of(3000)));
        assertEquals(3000, bucket.reader().head("p").orElseThrow().size());
        assertTrue(emitting.isVirtual());
    }

    @Test
    void whatAnAttemptLeavesOpenIsClosedWithIt() throws IOException {
        writer().put("a", BlobBody.of("0123456789"));
        Reading reading = (Reading) bucket.reader();
        Blob left = reading.get("a").orElseThrow();
        reading.attemptEnded();
        assertThrows(IOException.class, () -> left.stream().read());
        writer().delete("a");
        assertEquals(List.of(), files("objects"));
    }

    @Test
    void unfinishedUploadsAreForgottenByAge() throws IOException {
        BlobUpload upload = writer().createUpload("u", BlobMetadata.none());
        upload.part(1, BlobBody.of(new ByteArrayInputStream(new byte[10]), 10));
        assertEquals(0, bucket.expireUploads());
        BlobLimits now = BlobLimits.of(dev.flowir.kernel.cap.LimitProfile.UNBOUNDED);
        BlobLimits atOnce =
                new BlobLimits(
                        now.maxKeyBytes(),
                        now.maxMetadataBytes(),
                        now.maxPutBytes(),
                        now.maxObjectBytes(),
                        now.minPartBytes(),
                        now.maxParts(),
                        now.parts(),
                        now.lengths(),
                        now.maxPageObjects(),
                        now.maxDetailedPageObjects(),
                        now.maxDeleteKeys(),
                        java.time.Duration.ZERO);
        assertEquals(1, bucket.with(atOnce).expireUploads());
        assertEquals(List.of(), files("objects"));
    }
}
