package dev.flowir.wasm;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobDraft;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobRemote;
import dev.flowir.blob.BlobReplacing;
import dev.flowir.blob.UploadedPart;
import dev.flowir.wasm.BlobCalls.Answer;
import dev.flowir.wasm.BlobCalls.Call;
import dev.flowir.wasm.BlobCalls.Draft;
import dev.flowir.wasm.BlobCalls.Method;
import dev.flowir.wasm.BlobCalls.Pair;
import dev.flowir.wasm.KvCalls.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket as a worker sees it, for rules that run on the JVM: every call is made in the isolate.
 */
final class RelayedBlobs implements BlobRemote {

    private final IsolateCalls<Call, Answer> calls;

    RelayedBlobs(URI worker) {
        this.calls = new IsolateCalls<>(worker.resolve("/call"), Call.class, Answer.class);
    }

    private Answer made(Call call) {
        Answer answer = calls.made(call);
        if (!answer.fault().isEmpty()) {
            BlobFault fault = BlobFault.valueOf(answer.fault());
            String code = "[" + fault.code() + "] ";
            throw new BlobException(fault, answer.why().substring(code.length()));
        }
        return answer;
    }

    private static Call call(Method method, String key, Optional<String> text, List<Long> numbers) {
        return new Call(
                method,
                key,
                List.of(),
                text,
                numbers,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static Call call(Method method, List<String> keys) {
        return new Call(
                method,
                "",
                keys,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private Answer written(
            Method method, String key, Optional<String> text, Draft draft, Optional<Bytes> body) {
        return made(
                new Call(
                        method,
                        key,
                        List.of(),
                        text,
                        List.of(),
                        Optional.of(draft),
                        List.of(),
                        body));
    }

    private static Optional<BlobInfo> first(Answer answer) {
        return answer.infos().stream().findFirst().map(BlobRecords::of);
    }

    private static Optional<Bytes> read(InputStream body) {
        try {
            return Optional.of(Bytes.of(body.readAllBytes()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public Optional<BlobInfo> head(String key) {
        return first(made(call(Method.HEAD, key, Optional.empty(), List.of())));
    }

    @Override
    public Map<String, BlobInfo> heads(List<String> keys) {
        Map<String, BlobInfo> found = new LinkedHashMap<>();
        made(call(Method.HEADS, keys))
                .infos()
                .forEach(it -> found.put(it.key(), BlobRecords.of(it)));
        return found;
    }

    @Override
    public Optional<Blob> get(String key, BlobRange range, Optional<String> etag) {
        List<Long> numbers =
                switch (range) {
                    case BlobRange.All() -> List.of();
                    case BlobRange.From(long from) -> List.of(from);
                    case BlobRange.Bytes(long from, long length) -> List.of(from, length);
                    case BlobRange.Last(long suffix) -> List.of(0L, 0L, suffix);
                };
        Answer answer = made(call(Method.GET, key, etag, numbers));
        return first(answer)
                .map(info ->
                        Blob.of(
                                info,
                                answer.numbers().get(0),
                                answer.numbers().get(1),
                                new ByteArrayInputStream(answer.body().orElseThrow().bytes())));
    }

    @Override
    public Listed list(String prefix, Optional<String> after, int limit) {
        Answer page = made(call(Method.LIST, prefix, after, List.of((long) limit)));
        return new Listed(page.infos().stream().map(BlobRecords::of).toList(), page.more());
    }

    @Override
    public boolean listsProperties() {
        return true;
    }

    @Override
    public Optional<BlobInfo> put(
            BlobDraft draft, InputStream body, long length, BlobReplacing replacing) {
        return first(
                written(
                        Method.PUT,
                        draft.key(),
                        Optional.empty(),
                        BlobRecords.of(draft, replacing),
                        read(body)));
    }

    @Override
    public void delete(List<String> keys) {
        made(call(Method.DELETE, keys));
    }

    @Override
    public Optional<BlobInfo> copy(BlobInfo source, BlobDraft draft, BlobReplacing replacing) {
        return first(
                written(
                        Method.COPY,
                        source.key(),
                        Optional.of(source.etag()),
                        BlobRecords.of(draft, replacing),
                        Optional.empty()));
    }

    @Override
    public String createUpload(BlobDraft draft) {
        Draft record = BlobRecords.of(draft, new BlobReplacing.Anything());
        return written(Method.CREATE, draft.key(), Optional.empty(), record, Optional.empty())
                .text()
                .orElseThrow();
    }

    @Override
    public String part(String key, String upload, int number, InputStream body, long length) {
        Call call =
                new Call(
                        Method.PART,
                        key,
                        List.of(),
                        Optional.of(upload),
                        List.of((long) number),
                        Optional.empty(),
                        List.of(),
                        read(body));
        return made(call).text().orElseThrow();
    }

    @Override
    public Map<Integer, Part> parts(String key, String upload) {
        throw new AssertionError("parts are judged by the platform");
    }

    @Override
    public boolean judgesParts() {
        return true;
    }

    @Override
    public BlobInfo complete(String key, String upload, List<UploadedPart> parts) {
        List<Pair> pairs =
                parts.stream()
                        .map(it -> new Pair(Integer.toString(it.number()), it.etag()))
                        .toList();
        Call call =
                new Call(
                        Method.COMPLETE,
                        key,
                        List.of(),
                        Optional.of(upload),
                        List.of(),
                        Optional.empty(),
                        pairs,
                        Optional.empty());
        return first(made(call)).orElseThrow();
    }

    @Override
    public void abort(String key, String upload) {
        made(call(Method.ABORT, key, Optional.of(upload), List.of()));
    }

    @Override
    public int abortUploads(Instant before) {
        return 0;
    }

    @Override
    public void close() {
        // the client belongs to the suite
    }
}
