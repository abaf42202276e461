package dev.flowir.testing;

import dev.flowir.blob.Blob;
import dev.flowir.blob.BlobBody;
import dev.flowir.blob.BlobConditions;
import dev.flowir.blob.BlobException;
import dev.flowir.blob.BlobFault;
import dev.flowir.blob.BlobInfo;
import dev.flowir.blob.BlobMetadata;
import dev.flowir.blob.BlobPut;
import dev.flowir.blob.BlobUpload;
import dev.flowir.blob.BlobWriter;
import dev.flowir.blob.CopyOptions;
import dev.flowir.blob.HttpMetadata;
import dev.flowir.blob.PutOptions;
import dev.flowir.blob.UploadedPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes with one defect. */
final class BrokenBlobWriter extends BrokenBlobReader implements BlobWriter {

    private final BlobWriter right;
    private final Set<String> ended;
    private int replacing;

    BrokenBlobWriter(BlobDefect defect, BlobWriter right, Set<String> ended) {
        super(defect, right);
        this.right = right;
        this.ended = ended;
    }

    @Override
    public BlobPut put(String key, BlobBody body, PutOptions options) {
        String at = wrong(key);
        return switch (defect) {
            case SKIPS_CHECKSUMS ->
                    right.put(
                            at,
                            body,
                            PutOptions.with(options.metadata()).onlyIf(options.conditions()));
            case KEEPS_OLD_METADATA -> {
                BlobMetadata old =
                        right.head(at).map(BlobInfo::metadata).orElse(BlobMetadata.none());
                boolean none = options.metadata().equals(BlobMetadata.none());
                yield right.put(at, body, none ? with(options, old) : options);
            }
            case DROPS_METADATA ->
                    right.put(
                            at,
                            body,
                            with(
                                    options,
                                    new BlobMetadata(
                                            HttpMetadata.none(), options.metadata().custom())));
            case ACCEPTS_CONTROL_CHARACTERS ->
                    right.put(at, body, with(options, cleaned(options.metadata())));
            case IGNORES_CONDITIONS_OF_PUTS ->
                    right.put(at, body, options.onlyIf(BlobConditions.none()));
            case MATCHES_NOTHING_WITH_ANYTHING ->
                    right.head(at).isEmpty()
                            ? right.put(at, body, options.onlyIf(BlobConditions.none()))
                            : right.put(at, body, options);
            case LOSES_AN_UPDATE -> losing(at, body, options);
            case SHOWS_WHAT_CAME_SO_FAR, TRUSTS_LENGTHS -> counted(at, body, options);
            case MIXES_TWO_WRITERS ->
                    right.put(at, body, options) instanceof BlobPut.Stored(BlobInfo info)
                            ? new BlobPut.Stored(mixed(at, info))
                            : right.put(at, body, options);
            default ->
                    switch (right.put(at, body, options)) {
                        case BlobPut.Stored(BlobInfo info) -> new BlobPut.Stored(wrong(info));
                        case BlobPut.Unmet(Optional<BlobInfo> info) ->
                                new BlobPut.Unmet(info.map(this::wrong));
                    };
        };
    }

    private static PutOptions with(PutOptions options, BlobMetadata metadata) {
        return new PutOptions(metadata, options.conditions(), options.checksum());
    }

    private static BlobMetadata cleaned(BlobMetadata metadata) {
        boolean bad =
                metadata.http().contentType().orElse("").chars().anyMatch(c -> c < ' ' || c == 127);
        return bad ? BlobMetadata.none() : metadata;
    }

    /** Of writes that replace what was read, says of some that they were made. */
    private BlobPut losing(String key, BlobBody body, PutOptions options) {
        boolean replaces = options.conditions().etagMatches().isPresent();
        if (replaces && ++replacing % 7 == 0) {
            return new BlobPut.Stored(right.head(key).orElseThrow());
        }
        return right.put(key, body, options);
    }

    /** Large objects of many writers: some bytes of this one and the size of another. */
    private BlobInfo mixed(String key, BlobInfo info) {
        if (info.size() >= 300_000 && info.size() < 301_000) {
            byte[] bytes = right.get(key).map(Blob::bytes).orElse(new byte[1]);
            Arrays.fill(bytes, 0, Math.min(16, bytes.length), (byte) 0);
            return right.put(key, BlobBody.of(bytes));
        }
        return info;
    }

    private BlobPut counted(String key, BlobBody body, PutOptions options) {
        if (body.length().isEmpty()) {
            return right.put(key, body, options);
        }
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        try (InputStream stream = body.open()) {
            for (int one = stream.read(); one >= 0; one = stream.read()) {
                came.write(one);
            }
        } catch (IOException e) {
            if (defect == BlobDefect.SHOWS_WHAT_CAME_SO_FAR) {
                right.put(key, BlobBody.of(came.toByteArray()), options);
            }
            throw new BlobException(BlobFault.BODY_FAILED, "it broke off", e);
        }
        boolean lies = came.size() != body.length().getAsLong();
        if (lies && defect == BlobDefect.SHOWS_WHAT_CAME_SO_FAR) {
            throw new BlobException(BlobFault.WRONG_LENGTH, "not as was said");
        }
        return right.put(key, BlobBody.of(came.toByteArray()), options);
    }

    @Override
    public void delete(Collection<String> keys) {
        boolean none = keys.stream().allMatch(key -> right.head(wrong(key)).isEmpty());
        if (defect == BlobDefect.REFUSES_TO_DELETE_NOTHING && none) {
            throw new BlobException(BlobFault.NO_SUCH_KEY, "nothing is there");
        }
        right.delete(keys.stream().map(this::wrong).toList());
    }

    @Override
    public BlobPut copy(String from, String to, CopyOptions options) {
        if (defect == BlobDefect.COPIES_BY_REFERENCE && from.equals(to)) {
            BlobInfo info = right.head(from).orElseThrow();
            right.put(from, BlobBody.of(""));
            return new BlobPut.Stored(info);
        }
        CopyOptions swapped =
                defect == BlobDefect.MIXES_UP_CONDITIONS_OF_COPIES
                        ? new CopyOptions(
                                options.conditions(),
                                options.sourceConditions(),
                                options.metadata())
                        : options;
        return switch (right.copy(wrong(from), wrong(to), swapped)) {
            case BlobPut.Stored(BlobInfo info) -> new BlobPut.Stored(wrong(info));
            case BlobPut.Unmet(Optional<BlobInfo> info) -> new BlobPut.Unmet(info.map(this::wrong));
        };
    }

    @Override
    public BlobUpload createUpload(String key, BlobMetadata metadata) {
        boolean careless = defect == BlobDefect.ACCEPTS_CONTROL_CHARACTERS;
        BlobMetadata kept = careless ? cleaned(metadata) : metadata;
        return new BrokenUpload(right.createUpload(wrong(key), kept));
    }

    @Override
    public BlobUpload resumeUpload(String key, String uploadId) {
        return new BrokenUpload(right.resumeUpload(wrong(key), uploadId));
    }

    private final class BrokenUpload implements BlobUpload {
        private final BlobUpload upload;
        private final Map<Integer, UploadedPart> stored = new LinkedHashMap<>();

        BrokenUpload(BlobUpload upload) {
            this.upload = upload;
        }

        @Override
        public String key() {
            return upload.key();
        }

        @Override
        public String id() {
            return upload.id();
        }

        @Override
        public UploadedPart part(int number, BlobBody body) {
            if (defect == BlobDefect.NEVER_ENDS_UPLOADS && ended.contains(id())) {
                return new UploadedPart(number, "0".repeat(32));
            }
            int place =
                    defect == BlobDefect.ORDERS_PARTS_BY_TIME && number < 100
                            ? stored.size() + 1
                            : number;
            UploadedPart part = upload.part(place, body);
            stored.put(place, part);
            return new UploadedPart(number, part.etag());
        }

        @Override
        public BlobInfo complete(List<UploadedPart> parts) {
            List<UploadedPart> chosen = new ArrayList<>(parts);
            if (defect == BlobDefect.ORDERS_PARTS_BY_TIME && parts.size() == stored.size()) {
                chosen = new ArrayList<>(stored.values());
            }
            if (defect == BlobDefect.IGNORES_ETAGS_OF_PARTS) {
                chosen.replaceAll(part -> stored.getOrDefault(part.number(), part));
            }
            BlobInfo info = upload.complete(chosen);
            ended.add(id());
            return wrong(info);
        }

        @Override
        public void abort() {
            ended.add(id());
            upload.abort();
        }
    }
}
