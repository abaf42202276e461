package dev.flowir.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each write elsewhere is told of once, whoever finds out what became of it. */
class TellingTest {

    private final Map<String, BlobInfo> objects = new ConcurrentHashMap<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Telling telling =
            new Telling(
                    "bucket", remote(), new MemoryCatalog(InstantSource.system()), Instant::now);

    @BeforeEach
    void connect() {
        telling.outbox()
                .connect(
                        EventRule.on("all", BlobAction.Kind.OBJECT_CREATE),
                        events -> events.forEach(event -> told.add(event.key())));
    }

    @AfterEach
    void close() {
        telling.outbox().close();
    }

    /** Knows what is there, and is asked for nothing else. */
    private BlobRemote remote() {
        return (BlobRemote)
                Proxy.newProxyInstance(
                        TellingTest.class.getClassLoader(),
                        new Class<?>[] {BlobRemote.class},
                        (proxy, method, arguments) -> {
                            assertEquals("head", method.getName());
                            return Optional.ofNullable(objects.get((String) arguments[0]));
                        });
    }

    private Notices.Begun put(String key) {
        return new Notices.Begun(BlobAction.PUT_OBJECT, key, "version of " + key, Optional.empty());
    }

    private Optional<BlobInfo> written(String key) {
        BlobInfo info =
                new BlobInfo(
                        key,
                        "version of " + key,
                        1,
                        "etag",
                        Instant.EPOCH,
                        BlobMetadata.none(),
                        Map.of());
        objects.put(key, info);
        return Optional.of(info);
    }

    private void lose(String key, boolean isWritten) {
        assertThrows(
                UncheckedIOException.class,
                () ->
                        telling.tell(
                                put(key),
                                () -> {
                                    if (isWritten) {
                                        written(key);
                                    }
                                    throw new UncheckedIOException(
                                            new IOException("the answer was lost"));
                                }));
    }

    private List<String> told() throws InterruptedException {
        assertTrue(telling.outbox().awaitDelivered(Duration.ofSeconds(60)));
        return List.copyOf(told);
    }

    @Test
    void aWriteThatIsUnderWayIsLeftToWhoBeganIt() throws Exception {
        telling.tell(
                put("slow"),
                () -> {
                    Optional<BlobInfo> info = written("slow");
                    lose("lost", true);
                    telling.settle(); // finds both
                    return info;
                });
        assertEquals(List.of("lost", "slow"), told());
        assertEquals(0, telling.outbox().pending());
    }

    @Test
    void aWriteThatIsUnderWayAndNotThereYetIsToldOfWhenItIs() throws Exception {
        telling.tell(
                put("slow"),
                () -> {
                    lose("lost", false);
                    telling.settle();
                    return written("slow");
                });
        assertEquals(List.of("slow"), told());
        assertEquals(0, telling.outbox().pending());
    }

    @Test
    void aWriteWhoseAnswerWasLostIsToldOfWithTheNext() throws Exception {
        lose("there", true);
        lose("not there", false);
        telling.tell(put("next"), () -> written("next"));
        assertEquals(List.of("there", "next"), told());
        assertEquals(0, telling.outbox().pending());
    }
}
