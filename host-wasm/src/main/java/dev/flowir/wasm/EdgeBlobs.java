package dev.flowir.wasm;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobDraft;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobLimits;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobRemote;
import dev.flowir.blob.BlobReplacing;
import dev.flowir.blob.QuietBlobs;
import dev.flowir.blob.UploadedPart;
import dev.flowir.ir.Guarantee;
import dev.flowir.ir.JsonValue;
import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.kernel.cap.Descriptor;
import dev.flowir.kernel.cap.LimitProfile;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Objects in a bucket of R2. */
record EdgeBlobs(String name) implements BlobRemote {

    static CapabilityProvider provider(String binding, String platformName, String bucket) {
        Descriptor descriptor =
                new Descriptor(
                        Descriptor.Consistency.STRONG,
                        Descriptor.Durability.REPLICATED,
                        Descriptor.Ttl.NONE,
                        Descriptor.Order.NONE,
                        Set.of(Guarantee.COMPARE_AND_SET));
        return new EdgeProvider(
                new EdgeManifest.Binding(EdgeManifest.Kind.BLOBS, platformName, bucket),
                QuietBlobs.of(
                        "blob.edge",
                        binding,
                        new EdgeBlobs(platformName),
                        descriptor,
                        BlobLimits.of(LimitProfile.CLOUDFLARE_PROD),
                        () -> Instant.ofEpochMilli((long) Isolate.platform().nowMillis()),
                        () -> Isolate.platform().uuid().replace("-", "")));
    }

    private JsBlobs bucket() {
        return Isolate.platform().blobs(name);
    }

    @Override
    public Optional<BlobInfo> head(String key) {
        return begin(key).await().info();
    }

    private BlobAnswer begin(String key) {
        BlobAnswer answer = new BlobAnswer();
        bucket().head(key, answer::found, answer::done, answer::failed);
        return answer;
    }

    @Override
    public Map<String, BlobInfo> heads(List<String> keys) {
        List<BlobAnswer> answers = new ArrayList<>();
        keys.forEach(key -> answers.add(begin(key)));
        Map<String, BlobInfo> found = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            answers.get(i).await().info().ifPresent(info -> found.put(key, info));
        }
        return found;
    }

    @Override
    public Optional<Blob> get(String key, BlobRange range, Optional<String> etag) {
        double offset = 0;
        double length = -1;
        switch (range) {
            case BlobRange.All() -> {}
            case BlobRange.From(long from) -> offset = (double) from;
            case BlobRange.Bytes(long from, long asked) -> {
                offset = (double) from;
                length = (double) asked;
            }
            case BlobRange.Last(long suffix) -> {
                offset = -1;
                length = (double) suffix;
            }
        }
        BlobAnswer answer = new BlobAnswer();
        bucket().get(
                        key,
                        offset,
                        length,
                        etag.orElse(""),
                        answer::opened,
                        answer::done,
                        answer::failed);
        return answer.await().info().map(info -> opened(info, answer.source(), range));
    }

    private static Blob opened(BlobInfo info, JsBlobs.Source source, BlobRange range) {
        long size = info.size();
        long offset =
                switch (range) {
                    case BlobRange.All() -> 0;
                    case BlobRange.From(long from) -> from;
                    case BlobRange.Bytes(long from, long asked) -> from;
                    case BlobRange.Last(long suffix) -> Math.max(0, size - suffix);
                };
        long rest = size - offset;
        long length =
                range instanceof BlobRange.Bytes(long from, long asked)
                        ? Math.min(asked, rest)
                        : rest;
        if (length <= 0 && !(range instanceof BlobRange.All)) {
            source.close();
            throw new BlobException(
                    BlobFault.INVALID_RANGE, range + " has no byte of an object of " + size);
        }
        return Blob.of(info, offset, length, new BlobSource(source));
    }

    @Override
    public Listed list(String prefix, Optional<String> after, int limit) {
        BlobAnswer answer = new BlobAnswer();
        bucket().list(prefix, after.orElse(""), limit, answer::listed, answer::failed);
        JsBlobs.Page page = answer.await().page();
        List<BlobInfo> objects = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            objects.add(BlobForms.info(page.at(i)));
        }
        return new Listed(objects, page.more());
    }

    @Override
    public boolean listsProperties() {
        return true;
    }

    @Override
    public Optional<BlobInfo> put(
            BlobDraft draft, InputStream body, long length, BlobReplacing replacing) {
        BlobAnswer answer = new BlobAnswer();
        JsBlobs.Sink sink =
                drafted(draft, replacing)
                        .put(
                                draft.key(),
                                (double) length,
                                answer::found,
                                answer::done,
                                answer::failed);
        return BlobSending.send(sink, body, answer).info();
    }

    private JsBlobs.Draft drafted(BlobDraft draft, BlobReplacing replacing) {
        JsBlobs.Draft js = bucket().draft();
        BlobForms.describe(js, draft);
        switch (replacing) {
            case BlobReplacing.Anything() -> {}
            case BlobReplacing.Nothing() -> js.replacesNothing();
            case BlobReplacing.Etag(String etag) -> js.replaces(etag);
        }
        return js;
    }

    @Override
    public void delete(List<String> keys) {
        List<JsonValue> texts = new ArrayList<>();
        keys.forEach(key -> texts.add(JsonValue.text(key)));
        BlobAnswer answer = new BlobAnswer();
        bucket().delete(EdgeReply.text(new JsonValue.Arr(texts)), answer::done, answer::failed);
        answer.await();
    }

    /** The bytes pass through the worker, though not through the program. */
    @Override
    public Optional<BlobInfo> copy(BlobInfo source, BlobDraft draft, BlobReplacing replacing) {
        BlobAnswer answer = new BlobAnswer();
        drafted(draft, replacing)
                .copy(
                        source.key(),
                        source.etag(),
                        draft.key(),
                        answer::found,
                        answer::done,
                        answer::failed);
        return answer.await().info();
    }

    @Override
    public String createUpload(BlobDraft draft) {
        BlobAnswer answer = new BlobAnswer();
        drafted(draft, new BlobReplacing.Anything())
                .upload(draft.key(), answer::said, answer::failed);
        return answer.await().text();
    }

    @Override
    public String part(String key, String upload, int number, InputStream body, long length) {
        BlobAnswer answer = new BlobAnswer();
        JsBlobs.Sink sink =
                bucket().part(key, upload, number, (double) length, answer::said, answer::failed);
        return BlobSending.send(sink, body, answer).text();
    }

    /** The platform does not tell them. */
    @Override
    public Map<Integer, Part> parts(String key, String upload) {
        throw new IllegalStateException("parts are judged by the platform");
    }

    @Override
    public boolean judgesParts() {
        return true;
    }

    @Override
    public BlobInfo complete(String key, String upload, List<UploadedPart> parts) {
        List<JsonValue> list = new ArrayList<>();
        for (UploadedPart part : parts) {
            Map<String, JsonValue> one = new LinkedHashMap<>();
            one.put("partNumber", JsonValue.number(part.number()));
            one.put("etag", JsonValue.text(part.etag()));
            list.add(new JsonValue.Obj(one));
        }
        BlobAnswer answer = new BlobAnswer();
        bucket().complete(
                        key,
                        upload,
                        EdgeReply.text(new JsonValue.Arr(list)),
                        answer::found,
                        answer::failed);
        return answer.await().info().orElseThrow();
    }

    /** One that is over already is as good as forgotten. */
    @Override
    public void abort(String key, String upload) {
        BlobAnswer answer = new BlobAnswer();
        bucket().abort(key, upload, answer::done, answer::failed);
        try {
            answer.await();
        } catch (BlobException refused) {
            if (refused.fault() != BlobFault.NO_SUCH_UPLOAD) {
                throw refused;
            }
        }
    }

    /** The platform forgets them by itself after its own time. */
    @Override
    public int abortUploads(Instant before) {
        return 0;
    }

    @Override
    public void close() {
        // calls end with their attempts; nothing else is open
    }
}
