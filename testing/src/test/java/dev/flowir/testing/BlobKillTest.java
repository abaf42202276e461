package dev.flowir.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.EventRule;
import dev.flowir.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes killed while they write: what was acknowledged is there, whole, and told of. */
@Timeout(300)
class BlobKillTest {

    private static final int KILLS = 4;

    private final Map<String, Long> acknowledged = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    @Test
    void r2_18_killedWritersLeaveWholeObjectsAndNothingElse(@TempDir Path place) throws Exception {
        Random random = new Random(18);
        for (int round = 0; round < KILLS; round++) {
            KilledProgram.run(
                    BlobKillProgram.class,
                    place,
                    20 + random.nextInt(60),
                    this::note,
                    place.toString(),
                    Long.toString((round + 1) * 1_000_000L));
            check(place);
        }
        assertEquals(3, acknowledged.size(), "keys that were written");
    }

    private void check(Path place) throws Exception {
        try (Store store = BlobKillProgram.open(place);
                BlobStore bucket = BlobKillProgram.bucket(store, place)) {
            EventRule rule = EventRule.on("created", BlobAction.Kind.OBJECT_CREATE);
            bucket.events()
                    .connect(
                            rule,
                            events ->
                                    events.forEach(event ->
                                            told.add(event.key() + event.eTag().orElse("-"))));
            assertTrue(bucket.events().awaitDelivered(Duration.ofSeconds(60)));
            long withBytes = 0;
            for (BlobInfo info : bucket.reader().list(BlobQuery.all().withMetadata()).objects()) {
                long n = Long.parseLong(info.metadata().custom().getOrDefault("n", "-1"));
                long least = acknowledged.getOrDefault(info.key(), 0L);
                assertTrue(n >= least, info.key() + " is " + n + ", acknowledged was " + least);
                Blob blob = bucket.reader().get(info.key()).orElseThrow();
                assertArrayEquals(BlobKillProgram.content(n), blob.bytes(), info.key());
                assertTrue(
                        told.contains(info.key() + info.etag()),
                        "nobody was told of " + info.key() + " number " + n);
                withBytes += info.size() > 0 ? 1 : 0;
            }
            assertEquals(withBytes, files(place), "files, of objects that have bytes");
        }
    }

    private static long files(Path place) throws IOException {
        Path folder = place.resolve("content").resolve("blobs");
        try (Stream<Path> incoming = Files.list(folder.resolve("incoming"))) {
            assertEquals(List.of(), incoming.toList(), "files left in the entrance");
        }
        try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    /** The last line may be cut: a number then counts as less, an etag as another. */
    private void note(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[0].equals("put") && words[2].length() == 7) {
            acknowledged.merge(words[1], Long.parseLong(words[2]), Math::max);
        } else if (words.length == 3 && words[0].equals("told")) {
            told.add(words[1] + words[2]);
        }
    }
}
