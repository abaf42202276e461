package dev.flowir.wasm;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobPut;
import dev.flowir.blob.BlobQuery;
import dev.flowir.blob.BlobRange;
import dev.flowir.blob.BlobRemote;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.Blobs;
import dev.flowir.blob.Checksum;
import dev.flowir.blob.GetOptions;
import dev.flowir.blob.PutOptions;
import dev.flowir.blob.UploadedPart;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Node;
import dev.flowir.ir.NodeContext;
import dev.flowir.wasm.BlobCalls.Answer;
import dev.flowir.wasm.BlobCalls.Call;
import dev.flowir.wasm.BlobCalls.Draft;
import dev.flowir.wasm.BlobCalls.Info;
import dev.flowir.wasm.BlobCalls.Task;
import dev.flowir.wasm.BlobCalls.Told;
import dev.flowir.wasm.KvCalls.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Keeps objects in a bucket of R2, inside an isolate: single calls for the contract, and tasks. */
public final class BlobWorker implements EdgeApplication {

    static final String BINDING = "KIT";

    private static final int MAX_BODY = 64 << 20;
    private static final String SHA_256_OF_ABC =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final EdgeBlobs REMOTE = new EdgeBlobs(BINDING);

    /** For the service loader. */
    public BlobWorker() {}

    @Override
    public EdgeRoutes routes() {
        Flow<Call, Answer> call =
                Flow.define(
                        "call",
                        "1.0.0",
                        Call.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "call",
                                                Call.class,
                                                Answer.class,
                                                Blobs.writer(BINDING),
                                                (blobs, it, ctx) -> answer(it))));
        Flow<Task, Told> task =
                Flow.define(
                        "task",
                        "1.0.0",
                        Task.class,
                        (g, in) ->
                                g.then(
                                        in,
                                        Node.effect(
                                                "task",
                                                Task.class,
                                                Told.class,
                                                Blobs.writer(BINDING),
                                                BlobWorker::task)));
        return EdgeRoutes.none()
                .bind(EdgeBindings.blobs(BINDING))
                .route("POST", "/call", call, it -> it.maxBody(MAX_BODY))
                .post("/task", task);
    }

    private static Answer answer(Call call) throws IOException {
        try {
            return made(call);
        } catch (BlobException refused) {
            return new Answer(
                    refused.fault().name(),
                    String.valueOf(refused.getMessage()),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    false,
                    Optional.empty());
        }
    }

    private static Answer made(Call call) throws IOException {
        String key = call.key();
        String text = call.text().orElse("");
        byte[] bytes = call.body().map(Bytes::bytes).orElse(new byte[0]);
        InputStream body = new ByteArrayInputStream(bytes);
        return switch (call.method()) {
            case HEAD -> infos(REMOTE.head(key).stream().toList());
            case HEADS -> infos(List.copyOf(REMOTE.heads(call.keys()).values()));
            case GET -> opened(REMOTE.get(key, range(call.numbers()), call.text()));
            case LIST -> {
                BlobRemote.Listed page =
                        REMOTE.list(key, call.text(), Math.toIntExact(call.numbers().get(0)));
                Answer all = infos(page.objects());
                yield new Answer(
                        "",
                        "",
                        all.infos(),
                        List.of(),
                        Optional.empty(),
                        page.more(),
                        Optional.empty());
            }
            case PUT -> {
                Draft draft = call.draft().orElseThrow();
                yield infos(
                        REMOTE
                                .put(
                                        BlobRecords.of(draft),
                                        body,
                                        bytes.length,
                                        BlobRecords.replacing(draft))
                                .stream()
                                .toList());
            }
            case DELETE -> {
                REMOTE.delete(call.keys());
                yield infos(List.of());
            }
            case COPY -> {
                Draft draft = call.draft().orElseThrow();
                Optional<BlobInfo> source = REMOTE.head(key);
                if (source.isEmpty() || !source.get().etag().equals(text)) {
                    yield infos(List.of());
                }
                yield infos(
                        REMOTE
                                .copy(
                                        source.get(),
                                        BlobRecords.of(draft),
                                        BlobRecords.replacing(draft))
                                .stream()
                                .toList());
            }
            case CREATE -> said(REMOTE.createUpload(BlobRecords.of(call.draft().orElseThrow())));
            case PART ->
                    said(
                            REMOTE.part(
                                    key,
                                    text,
                                    Math.toIntExact(call.numbers().get(0)),
                                    body,
                                    bytes.length));
            case COMPLETE -> {
                List<UploadedPart> parts = new ArrayList<>();
                call.parts()
                        .forEach(it ->
                                parts.add(
                                        new UploadedPart(Integer.parseInt(it.name()), it.value())));
                yield infos(List.of(REMOTE.complete(key, text, parts)));
            }
            case ABORT -> {
                REMOTE.abort(key, text);
                yield infos(List.of());
            }
        };
    }

    private static BlobRange range(List<Long> numbers) {
        return switch (numbers.size()) {
            case 0 -> new BlobRange.All();
            case 1 -> new BlobRange.From(numbers.get(0));
            case 2 -> new BlobRange.Bytes(numbers.get(0), numbers.get(1));
            default -> new BlobRange.Last(numbers.get(2));
        };
    }

    private static Answer infos(List<BlobInfo> infos) {
        List<Info> all = new ArrayList<>();
        infos.forEach(it -> all.add(BlobRecords.of(it)));
        return new Answer("", "", all, List.of(), Optional.empty(), false, Optional.empty());
    }

    private static Answer said(String text) {
        return new Answer("", "", List.of(), List.of(), Optional.of(text), false, Optional.empty());
    }

    private static Answer opened(Optional<Blob> opened) {
        if (opened.isEmpty()) {
            return infos(List.of());
        }
        try (Blob blob = opened.get()) {
            return new Answer(
                    "",
                    "",
                    List.of(BlobRecords.of(blob.info())),
                    List.of(blob.offset(), blob.length()),
                    Optional.empty(),
                    false,
                    Optional.of(Bytes.of(blob.bytes())));
        }
    }

    private static Told task(BlobWriter blobs, Task task, NodeContext ctx) throws Exception {
        List<String> lines = new ArrayList<>();
        try {
            switch (task.name()) {
                case "copy-through" -> {
                    lines.add(
                            describe(
                                    blobs.put(
                                            task.key(),
                                            BlobBody.of(
                                                    new Counting(task.bytes()), task.bytes()))));
                    try (Blob blob = blobs.get(task.key()).orElseThrow()) {
                        lines.add(
                                describe(
                                        blobs.put(
                                                task.key() + "-2",
                                                BlobBody.of(blob.stream(), blob.length()))));
                    }
                }
                case "parts" ->
                        lines.add(
                                describe(
                                        blobs.putStream(
                                                task.key(),
                                                new Counting(task.bytes()),
                                                BlobMetadata.type("text/plain").with("who", "me"),
                                                OptionalLong.of(task.bytes()))));
                case "read" -> {
                    BlobRange range = new BlobRange.Bytes(task.bytes(), 5);
                    try (Blob blob =
                            blobs.get(task.key(), GetOptions.range(range)).found().orElseThrow()) {
                        lines.add(blob.offset() + "+" + blob.length() + "=" + blob.text());
                    }
                    blobs.head(task.key())
                            .ifPresent(it ->
                                    lines.add(
                                            it.metadata().http().contentType().orElse("")
                                                    + it.metadata().custom()));
                }
                case "conditions" -> {
                    PutOptions absent = PutOptions.none().onlyIf(BlobConditions.ifAbsent());
                    for (String text : List.of("one", "two")) {
                        BlobPut put = blobs.put(task.key(), BlobBody.of(text), absent);
                        lines.add(put instanceof BlobPut.Stored ? "stored" : "unmet");
                    }
                    blobs.list(BlobQuery.prefix(task.key()))
                            .objects()
                            .forEach(it -> lines.add(it.key() + " " + it.size()));
                    blobs.delete(task.key());
                    lines.add("left " + blobs.head(task.key()).isPresent());
                }
                case "sums" -> {
                    PutOptions summed =
                            PutOptions.none().verifying(Checksum.sha256(SHA_256_OF_ABC));
                    blobs.put(task.key(), BlobBody.of("abc"), summed);
                    blobs.copy(task.key(), task.key() + "-2");
                    for (BlobInfo it : blobs.list(BlobQuery.prefix(task.key())).objects()) {
                        lines.add(new TreeSet<>(it.checksums().keySet()).toString());
                    }
                    blobs.put(task.key(), BlobBody.of("abd"), summed);
                }
                default -> throw new IllegalArgumentException(task.name());
            }
        } catch (BlobException refused) {
            return new Told(refused.fault().name(), lines);
        }
        return new Told("", lines);
    }

    private static String describe(BlobInfo info) {
        return info.size() + " " + info.etag();
    }

    /** So many letters, made as they are read. */
    private static final class Counting extends InputStream {
        private final long most;
        private long count;

        Counting(long most) {
            this.most = most;
        }

        @Override
        public int read() {
            return count == most ? -1 : 'a' + (int) (count++ % 26);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (count == most) {
                return -1;
            }
            int filled = (int) Math.min(length, most - count);
            for (int i = 0; i < filled; i++) {
                into[offset + i] = (byte) ('a' + (int) (count++ % 26));
            }
            return filled;
        }
    }
}
