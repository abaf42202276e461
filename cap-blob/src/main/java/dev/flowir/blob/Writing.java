package dev.flowir.blob;

import dev.flowir.kernel.cap.Scope;
import dev.flowir.kernel.cap.Utf8Key;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The writing handle of one attempt. */
final class Writing extends Reading implements BlobWriter {

    private final Scope scope;
    private final Intake intake;

    Writing(Bucket bucket, Checks checks, Scope scope) {
        super(bucket, checks);
        this.scope = scope;
        this.intake = new Intake(bucket.content(), checks);
    }

    @Override
    public BlobPut put(String key, BlobBody body, PutOptions options) {
        Utf8Key checked = checks.key(key);
        checks.metadata(options.metadata());
        bucket.ensureOpen();
        scope.fence().ensureCurrent();
        Intake.Taken taken = intake.take(body, options.checksum());
        return bucket.write(
                scope.fence(),
                taken.files(),
                change -> {
                    Optional<BlobInfo> present = change.rows().find(checked).map(Entry::info);
                    if (!options.conditions().hold(present)) {
                        return new BlobPut.Unmet(present);
                    }
                    BlobInfo info =
                            new BlobInfo(
                                    key,
                                    Ids.next(),
                                    taken.length(),
                                    taken.md5(),
                                    now(change),
                                    options.metadata(),
                                    taken.sums());
                    change.put(
                            new Entry(checked, info, taken.segments()),
                            BlobAction.PUT_OBJECT,
                            Optional.empty());
                    return new BlobPut.Stored(info);
                });
    }

    private static Instant now(Bucket.Change change) {
        return Instant.ofEpochMilli(change.rows().nowMillis());
    }

    @Override
    public void delete(Collection<String> keys) {
        Set<Utf8Key> checked = checks.keys(keys);
        bucket.write(
                scope.fence(),
                List.of(),
                change -> {
                    checked.forEach(key -> change.remove(key, BlobAction.DELETE_OBJECT));
                    return true;
                });
    }

    @Override
    public BlobPut copy(String from, String to, CopyOptions options) {
        Utf8Key source = checks.key(from);
        Utf8Key target = checks.key(to);
        options.metadata().ifPresent(checks::metadata);
        return bucket.write(
                scope.fence(),
                List.of(),
                change -> {
                    Entry copied =
                            change.rows()
                                    .find(source)
                                    .orElseThrow(() ->
                                            new BlobException(
                                                    BlobFault.NO_SUCH_KEY,
                                                    "there is no object to copy"));
                    if (!options.sourceConditions().hold(Optional.of(copied.info()))) {
                        return new BlobPut.Unmet(Optional.of(copied.info()));
                    }
                    Optional<BlobInfo> present = change.rows().find(target).map(Entry::info);
                    if (!options.conditions().hold(present)) {
                        return new BlobPut.Unmet(present);
                    }
                    BlobInfo info =
                            new BlobInfo(
                                    to,
                                    Ids.next(),
                                    copied.info().size(),
                                    copied.info().etag(),
                                    now(change),
                                    options.metadata().orElse(copied.info().metadata()),
                                    copied.info().checksums());
                    change.put(
                            new Entry(target, info, copied.segments()),
                            BlobAction.COPY_OBJECT,
                            Optional.of(from));
                    return new BlobPut.Stored(info);
                });
    }

    @Override
    public BlobUpload createUpload(String key, BlobMetadata metadata) {
        Utf8Key checked = checks.key(key);
        checks.metadata(metadata);
        String id = Ids.next();
        bucket.write(
                scope.fence(),
                List.of(),
                change -> {
                    long now = change.rows().nowMillis();
                    change.rows().createUpload(new UploadRow(id, checked, now, metadata));
                    return true;
                });
        return new Uploading(bucket, checks, scope, intake, checked, id);
    }

    @Override
    public BlobUpload resumeUpload(String key, String uploadId) {
        return new Uploading(bucket, checks, scope, intake, checks.key(key), uploadId);
    }
}
