package dev.flowir.wasm;

import dev.flowir.blob.BlobDraft;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobReplacing;
import dev.flowir.blob.Checksum;
import dev.flowir.blob.HttpMetadata;
import dev.flowir.wasm.BlobCalls.Draft;
import dev.flowir.wasm.BlobCalls.Info;
import dev.flowir.wasm.BlobCalls.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects of the capability as records that travel, both ways. */
final class BlobRecords {

    private BlobRecords() {}

    static Info of(BlobInfo info) {
        return new Info(
                info.key(),
                info.version(),
                info.size(),
                info.etag(),
                info.uploadedAt().toEpochMilli(),
                http(info.metadata().http()),
                pairs(info.metadata().custom()),
                sums(info.checksums()));
    }

    static BlobInfo of(Info info) {
        return new BlobInfo(
                info.key(),
                info.version(),
                info.size(),
                info.etag(),
                Instant.ofEpochMilli(info.uploadedMillis()),
                metadata(info.http(), info.custom()),
                sums(info.sums()));
    }

    static Draft of(BlobDraft draft, BlobReplacing replacing) {
        return new Draft(
                draft.key(),
                draft.version(),
                draft.uploadedAt().toEpochMilli(),
                http(draft.metadata().http()),
                pairs(draft.metadata().custom()),
                sums(draft.checksums()),
                switch (replacing) {
                    case BlobReplacing.Anything() -> Optional.empty();
                    case BlobReplacing.Nothing() -> Optional.of("");
                    case BlobReplacing.Etag(String etag) -> Optional.of(etag);
                });
    }

    static BlobDraft of(Draft draft) {
        return new BlobDraft(
                draft.key(),
                draft.version(),
                Instant.ofEpochMilli(draft.millis()),
                metadata(draft.http(), draft.custom()),
                sums(draft.sums()));
    }

    static BlobReplacing replacing(Draft draft) {
        if (draft.replacing().isEmpty()) {
            return new BlobReplacing.Anything();
        }
        String etag = draft.replacing().get();
        return etag.isEmpty() ? new BlobReplacing.Nothing() : new BlobReplacing.Etag(etag);
    }

    private static List<Pair> pairs(Map<String, String> texts) {
        List<Pair> pairs = new ArrayList<>();
        texts.forEach((name, value) -> pairs.add(new Pair(name, value)));
        return pairs;
    }

    private static List<Pair> sums(Map<Checksum.Algorithm, String> sums) {
        List<Pair> pairs = new ArrayList<>();
        sums.forEach((algorithm, sum) -> pairs.add(new Pair(algorithm.name(), sum)));
        return pairs;
    }

    private static Map<Checksum.Algorithm, String> sums(List<Pair> pairs) {
        Map<Checksum.Algorithm, String> sums = new LinkedHashMap<>();
        for (Pair pair : pairs) {
            for (Checksum.Algorithm it : Checksum.Algorithm.values()) {
                if (it.name().equals(pair.name())) {
                    sums.put(it, pair.value());
                }
            }
        }
        return sums;
    }

    private static List<Pair> http(HttpMetadata http) {
        List<Pair> pairs = new ArrayList<>();
        http.contentType().ifPresent(it -> pairs.add(new Pair("type", it)));
        http.contentLanguage().ifPresent(it -> pairs.add(new Pair("language", it)));
        http.contentDisposition().ifPresent(it -> pairs.add(new Pair("disposition", it)));
        http.contentEncoding().ifPresent(it -> pairs.add(new Pair("encoding", it)));
        http.cacheControl().ifPresent(it -> pairs.add(new Pair("control", it)));
        http.cacheExpiry()
                .ifPresent(it -> pairs.add(new Pair("expiry", Long.toString(it.toEpochMilli()))));
        return pairs;
    }

    private static BlobMetadata metadata(List<Pair> http, List<Pair> custom) {
        Map<String, String> texts = new LinkedHashMap<>();
        custom.forEach(it -> texts.put(it.name(), it.value()));
        return new BlobMetadata(
                new HttpMetadata(
                        value(http, "type"),
                        value(http, "language"),
                        value(http, "disposition"),
                        value(http, "encoding"),
                        value(http, "control"),
                        value(http, "expiry").map(it -> Instant.ofEpochMilli(Long.parseLong(it)))),
                texts);
    }

    private static Optional<String> value(List<Pair> pairs, String name) {
        for (Pair pair : pairs) {
            if (pair.name().equals(name)) {
                return Optional.of(pair.value());
            }
        }
        return Optional.empty();
    }
}
