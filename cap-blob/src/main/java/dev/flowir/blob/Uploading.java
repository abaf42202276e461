package dev.flowir.blob;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Utf8Key;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The handle of an upload, for one attempt. */
final class Uploading implements BlobUpload {

    private final Bucket bucket;
    private final Checks checks;
    private final Scope scope;
    private final Intake intake;
    private final Utf8Key key;
    private final String id;

    Uploading(Bucket bucket, Checks checks, Scope scope, Intake intake, Utf8Key key, String id) {
        this.bucket = bucket;
        this.checks = checks;
        this.scope = scope;
        this.intake = intake;
        this.key = key;
        this.id = id;
    }

    @Override
    public String key() {
        return key.toString();
    }

    @Override
    public String id() {
        return id;
    }

    private UploadRow current(Rows rows) {
        long oldest = rows.nowMillis() - checks.limits().uploadAge().toMillis();
        return rows.upload(id)
                .filter(row -> row.key().equals(key) && row.createdAtMillis() > oldest)
                .orElseThrow(checks::noSuchUpload);
    }

    @Override
    public UploadedPart part(int number, BlobBody body) {
        checks.partNumber(number);
        bucket.read(this::current); // before many bytes come
        Intake.Taken taken = intake.take(body, Optional.empty());
        return bucket.write(
                scope.fence(),
                taken.files(),
                change -> {
                    current(change.rows());
                    change.putPart(id, new PartRow(number, taken.md5(), taken.segments()));
                    return new UploadedPart(number, taken.md5());
                });
    }

    @Override
    public BlobInfo complete(List<UploadedPart> parts) {
        SortedMap<Integer, String> etags = Parted.etags(parts);
        return bucket.write(scope.fence(), List.of(), change -> complete(change, etags));
    }

    private BlobInfo complete(Bucket.Change change, SortedMap<Integer, String> etags) {
        UploadRow upload = current(change.rows());
        Map<Integer, PartRow> stored =
                change.rows().parts(id).stream()
                        .collect(Collectors.toMap(PartRow::number, Function.identity()));
        List<PartRow> chosen = new ArrayList<>();
        etags.forEach((number, etag) -> {
            PartRow part = stored.get(number);
            if (part == null || !part.etag().equals(etag)) {
                throw Parted.unlike(number, part != null);
            }
            chosen.add(part);
        });
        Parted.check(chosen.stream().map(p -> new Parted(p.number(), p.length())).toList(), checks);
        MessageDigest sums = Intake.digest(Checksum.Algorithm.MD5);
        chosen.forEach(part -> sums.update(HexFormat.of().parseHex(part.etag())));
        BlobInfo info =
                new BlobInfo(
                        key.toString(),
                        Ids.next(),
                        chosen.stream().mapToLong(PartRow::length).sum(),
                        HexFormat.of().formatHex(sums.digest()) + "-" + chosen.size(),
                        Instant.ofEpochMilli(change.rows().nowMillis()),
                        upload.metadata(),
                        Map.of());
        List<Segment> segments = chosen.stream().flatMap(part -> part.segments().stream()).toList();
        change.removeUpload(id);
        change.put(
                new Entry(key, info, segments),
                BlobAction.COMPLETE_MULTIPART_UPLOAD,
                Optional.empty());
        return info;
    }

    @Override
    public void abort() {
        bucket.write(
                scope.fence(),
                List.of(),
                change -> {
                    change.rows()
                            .upload(id)
                            .filter(row -> row.key().equals(key))
                            .ifPresent(row -> change.removeUpload(id));
                    return true;
                });
    }
}
