package dev.flowir.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobLimits;
import dev.flowir.blob.BlobRemote;
import dev.flowir.blob.QuietBlobs;
import dev.flowir.kernel.cap.LimitProfile;
import dev.flowir.testing.BlobBench;
import dev.flowir.testing.BlobContract;
import dev.flowir.testing.Contract;
import dev.flowir.testing.TestClock;
import dev.flowir.wasm.BlobCalls.Task;
import dev.flowir.wasm.BlobCalls.Told;
import dev.flowir.wasm.build.LocalWorker;
import dev.flowir.wasm.build.Target;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Blobs at the edge: every call of the contract's rules is made by the isolate, below the checks
 * that run on the JVM as in the isolate; and whole tasks by handles of the isolate.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EdgeBlobSuite {

    /** Rules that do not hold as they stand, and the first thing that is seen then. */
    private static final Map<String, String> DEVIATIONS =
            Map.of(
                    // The platform dates objects.
                    "R2-101",
                    "its time is 2",
                    // miniflare has an error of its own for uploads that it does not know.
                    "R2-15",
                    "completing one that is of another key was expected to be refused by"
                            + " BlobException but ended in java.lang.AssertionError");

    /**
     * Rules with so many bytes that they do not come through the JSON of a call: uploads and long
     * streams, which tasks show inside of the isolate.
     */
    private static final Set<String> LARGE = Set.of("R2-12", "R2-16");

    /** Rules of what it lacks: restarts by the test, and events, which miniflare does not send. */
    private static final Set<String> LACKING =
            Set.of(
                    "R2-19", "R2-20", "R2-21", "R2-22", "R2-23", "R2-24", "R2-103", "R2-117",
                    "R2-121", "R2-122");

    private final Target target;
    private LocalWorker workerd;
    private RelayedBlobs remote;
    private IsolateCalls<Task, Told> tasks;

    @SuppressWarnings("NullAway.Init") // started before the first test
    EdgeBlobSuite(Target target) {
        this.target = target;
    }

    @BeforeAll
    void start() throws Exception {
        workerd = Workers.run(Workers.build(BlobWorker.class, target));
        remote = new RelayedBlobs(workerd.address());
        tasks = new IsolateCalls<>(workerd.address().resolve("/task"), Task.class, Told.class);
    }

    @AfterAll
    void stop() throws IOException {
        workerd.close();
    }

    @Test
    void rulesOfTheContractHoldButForThoseThatAreNamed() {
        Contract<BlobBench> contract = BlobContract.rules();
        AtTheEdge.holds(
                contract.rules().stream()
                        .filter(rule -> !LARGE.contains(rule.id()))
                        .map(rule -> contract.verify(rule, this::bench))
                        .toList(),
                DEVIATIONS,
                LACKING);
    }

    private BlobBench bench(TestClock clock) {
        List<String> keys = new ArrayList<>();
        Optional<String> after = Optional.empty();
        boolean more = true;
        while (more) {
            BlobRemote.Listed page = remote.list("", after, 1000);
            page.objects().forEach(it -> keys.add(it.key()));
            after = keys.isEmpty() ? after : Optional.of(keys.getLast());
            more = page.more();
        }
        for (int i = 0; i < keys.size(); i += 1000) {
            remote.delete(keys.subList(i, Math.min(keys.size(), i + 1000)));
        }
        return BlobBench.of(
                QuietBlobs.of(
                        "blob.edge",
                        BlobWorker.BINDING,
                        remote,
                        EdgeBindings.blobs(BlobWorker.BINDING).descriptor(),
                        BlobLimits.of(LimitProfile.CLOUDFLARE_PROD),
                        clock::instant,
                        () -> UUID.randomUUID().toString().replace("-", "")));
    }

    private Told told(String name, String key, long bytes) {
        return tasks.made(new Task(name, key, bytes));
    }

    private static String md5(long bytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        for (long i = 0; i < bytes; i++) {
            digest.update((byte) ('a' + i % 26));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Test
    void r201_r225_bodiesPassPieceByPieceBothWays() throws Exception {
        String same = "3000000 " + md5(3_000_000);
        assertEquals(new Told("", List.of(same, same)), told("copy-through", "through", 3_000_000));
    }

    @Test
    void r210_r216_aStreamIsStoredInPartsAndReadByRange() throws Exception {
        Told told = told("parts", "parted", 11_000_000);
        assertEquals("", told.fault());
        assertTrue(told.lines().get(0).matches("11000000 [0-9a-f]{32}-2"), told::toString);
        // letter number 10,000,000 is the 10,000,000 % 26 = 10th behind a
        assertEquals(
                new Told("", List.of("10000000+5=klmno", "text/plain{who=me}")),
                told("read", "parted", 10_000_000));
        assertEquals("INVALID_RANGE", told("read", "parted", 11_000_000).fault());
    }

    @Test
    void r211_r2113_aCopyKeepsTheChecksumOfItsSource() {
        assertEquals(
                new Told("BAD_DIGEST", List.of("[MD5, SHA_256]", "[MD5, SHA_256]")),
                told("sums", "sums", 0));
    }

    @Test
    void r203_r204_conditionsAreComparedWhereTheObjectIs() throws Exception {
        assertEquals(
                new Told("", List.of("stored", "unmet", "if/1 3", "left false")),
                told("conditions", "if/1", 0));
    }
}
