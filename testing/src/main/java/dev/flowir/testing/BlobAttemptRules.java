package dev.flowir.testing;

import static dev.flowir.testing.BlobContract.body;

import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobReader;
import dev.flowir.blob.BlobUpload;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Blobs;
import dev.flowir.blob.UploadedPart;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Token;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.cap.Fence;
import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.StaleAttemptException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rules of {@link BlobContract} about attempts and tokens. */
final class BlobAttemptRules {

    private BlobAttemptRules() {}

    static List<Rule<BlobBench>> rules() {
        return List.of(
                Rule.of(
                        "R2-118",
                        "preflight refuses a flow that asks for more than the descriptor promises,"
                                + " and no other",
                        "what descriptor() promises: no more than the backend keeps, and no less",
                        BlobAttemptRules::refusesWhatIsNotPromised),
                Rule.of(
                        "R2-119",
                        "a write of an attempt that was given up is refused and writes nothing",
                        "whether the fence of the scope is checked inside the write transaction,"
                                + " by every call that writes",
                        BlobAttemptRules::refusesLateWrites),
                Rule.of(
                        "R2-120",
                        "the handle of a reading token is no writing one",
                        "what handle() gives for a reading token",
                        (bench, clock) ->
                                Expect.that(
                                        "a reader is not a BlobWriter",
                                        !(bench.reader() instanceof BlobWriter))));
    }

    private static void refusesWhatIsNotPromised(BlobBench bench, TestClock clock) {
        Capabilities capabilities = Capabilities.of(bench.provider());
        String binding = bench.provider().binding();
        for (Guarantee guarantee : Guarantee.values()) {
            ReadToken<BlobReader> token = Blobs.reader(binding).requiring(guarantee);
            List<String> missing =
                    capabilities.missing(token.effectHints(), List.<Token<?>>of(token));
            boolean promised = bench.provider().descriptor().guarantees().contains(guarantee);
            Expect.that(
                    "a flow that asks for "
                            + guarantee
                            + (promised ? " passes" : " is refused by name")
                            + ", missing are "
                            + missing,
                    promised
                            ? missing.isEmpty()
                            : missing.size() == 1 && missing.get(0).contains(guarantee.wire()));
        }
        Expect.equal(
                "what a plain writer misses",
                List.of(),
                capabilities.missing(
                        Blobs.writer(binding).effectHints(), List.of(Blobs.writer(binding))));
    }

    private static void refusesLateWrites(BlobBench bench, TestClock clock) {
        AtomicBoolean current = new AtomicBoolean(true);
        Fence fence = current::get;
        BlobWriter late = bench.writer(new Scope("flow", "run", "node", 1, "key", fence));
        late.put("k", body("in time"));
        BlobUpload upload = late.createUpload("u", BlobMetadata.none());
        UploadedPart part = upload.part(1, body("in time"));
        current.set(false);
        List<Expect.Work> works =
                List.of(
                        () -> late.put("k", body("late")),
                        () -> late.delete("k"),
                        () -> late.copy("k", "copy"),
                        () -> late.createUpload("k", BlobMetadata.none()),
                        () -> upload.part(2, body("late")),
                        () -> upload.complete(List.of(part)),
                        upload::abort);
        for (int i = 0; i < works.size(); i++) {
            Expect.refused("late call " + i, StaleAttemptException.class, works.get(i));
        }
        Expect.equal(
                "what is there", Optional.of("in time"), BlobContract.text(bench.reader(), "k"));
        Expect.equal("what was copied", Optional.empty(), bench.reader().head("copy"));
        Expect.equal("what was uploaded", Optional.empty(), bench.reader().head("u"));
        bench.writer().resumeUpload("u", upload.id()).complete(List.of(part));
    }
}
