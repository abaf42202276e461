package dev.flowir.testing;

import dev.flowir.blob.BlobAction;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobEvent;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobStore;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.EventRule;
import dev.flowir.blob.PutOptions;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.store.Store;
import dev.flowir.store.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A program that writes objects until it is killed. It says {@code put <key> <n>} when a put has
 * returned and {@code told <key> <eTag>} when a change was told. The n-th object of a key is made
 * of its number, so that whoever finds it can tell whether it is whole.
 */
final class BlobKillProgram {

    private static final EventRule CREATED = EventRule.on("created", BlobAction.Kind.OBJECT_CREATE);

    private BlobKillProgram() {}

    public static void main(String[] arguments) {
        Path place = Path.of(arguments[0]);
        long first = Long.parseLong(arguments[1]);
        Store store = open(place);
        BlobStore bucket = bucket(store, place);
        bucket.events().connect(CREATED, BlobKillProgram::told);
        for (int writer = 0; writer < 3; writer++) {
            String key = "k" + writer;
            Thread.ofPlatform().start(() -> write(bucket, key, first));
        }
    }

    static Store open(Path place) {
        return Store.open(place.resolve("blobs.db"), StoreOptions.defaults());
    }

    static BlobStore bucket(Store store, Path place) {
        return BlobStore.files("blobs", store, place.resolve("content"));
    }

    private static void told(List<BlobEvent> events) {
        events.forEach(
                event -> KilledProgram.say("told " + event.key() + " " + event.eTag().orElse("-")));
    }

    private static void write(BlobStore bucket, String key, long first) {
        BlobWriter blobs = bucket.writer(Scope.outside("writer"));
        for (long n = first; n < first + 100_000; n++) {
            BlobMetadata metadata = BlobMetadata.none().with("n", Long.toString(n));
            blobs.put(key, BlobBody.of(content(n)), PutOptions.with(metadata));
            KilledProgram.say("put " + key + " " + n);
        }
    }

    /** From nothing to some hundred thousand bytes. */
    static byte[] content(long n) {
        SplittableRandom random = new SplittableRandom(n);
        byte[] bytes = new byte[random.nextInt(300_000)];
        random.nextBytes(bytes);
        return bytes;
    }
}
