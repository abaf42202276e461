package dev.flowir.blob;

import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The writing handle of one attempt, of objects that are kept elsewhere. */
final class RemoteWriting extends RemoteReading implements BlobWriter {

    private final Scope scope;
    private final Notices telling;
    private final Sums sums;

    RemoteWriting(BlobRemote remote, Checks checks, Scope scope, Notices telling, Sums sums) {
        super(remote, checks);
        this.scope = scope;
        this.telling = telling;
        this.sums = sums;
    }

    @Override
    public BlobPut put(String key, BlobBody body, PutOptions options) {
        checks.key(key);
        checks.metadata(options.metadata());
        scope.fence().ensureCurrent();
        BlobConditions conditions = options.conditions();
        Optional<BlobReplacing> plain = plain(conditions);
        BlobReplacing replacing;
        if (plain.isPresent()) {
            replacing = plain.get();
        } else {
            Optional<BlobInfo> present = remote.head(key);
            if (!conditions.hold(present)) {
                return new BlobPut.Unmet(present);
            }
            replacing = replacing(conditions, present);
        }
        BlobDraft draft = draft(key, options.metadata(), sums(options));
        Optional<BlobInfo> stored =
                send(
                        body,
                        options.checksum(),
                        verified ->
                                telling.tell(
                                        begun(BlobAction.PUT_OBJECT, draft, Optional.empty()),
                                        () -> put(draft, verified, body, replacing)));
        return stored.<BlobPut>map(BlobPut.Stored::new)
                .orElseGet(() -> new BlobPut.Unmet(remote.head(key)));
    }

    private Optional<BlobInfo> put(
            BlobDraft draft, VerifiedBody verified, BlobBody body, BlobReplacing replacing) {
        return unbroken(
                verified,
                () -> remote.put(draft, verified, body.length().orElseThrow(), replacing));
    }

    private static Map<Checksum.Algorithm, String> sums(PutOptions options) {
        return options.checksum().map(sum -> Map.of(sum.algorithm(), sum.hex())).orElse(Map.of());
    }

    private BlobDraft draft(
            String key, BlobMetadata metadata, Map<Checksum.Algorithm, String> checksums) {
        return new BlobDraft(key, telling.newVersion(), telling.now(), metadata, checksums);
    }

    private static Notices.Begun begun(
            BlobAction action, BlobDraft draft, Optional<String> copiedFrom) {
        return new Notices.Begun(action, draft.key(), draft.version(), copiedFrom);
    }

    /** Conditions that need no look before the write. */
    private static Optional<BlobReplacing> plain(BlobConditions conditions) {
        if (conditions.equals(BlobConditions.none())) {
            return Optional.of(new BlobReplacing.Anything());
        }
        return conditions.equals(BlobConditions.ifAbsent())
                ? Optional.of(new BlobReplacing.Nothing())
                : Optional.empty();
    }

    /** What was looked at is what the write replaces, or it replaces nothing. */
    private static BlobReplacing replacing(BlobConditions conditions, Optional<BlobInfo> present) {
        if (conditions.equals(BlobConditions.none())) {
            return new BlobReplacing.Anything();
        }
        return present.<BlobReplacing>map(info -> new BlobReplacing.Etag(info.etag()))
                .orElseGet(BlobReplacing.Nothing::new);
    }

    /** Opens a body whose length is known, and gives it to whoever sends it. */
    <T> T send(BlobBody body, Optional<Checksum> expected, Function<VerifiedBody, T> work) {
        checks.length(body.length());
        if (body.length().isEmpty()) {
            throw new BlobException(
                    BlobFault.LENGTH_UNKNOWN,
                    "the body has no known length, and a server wants one; call putStream, which"
                            + " sends it in parts, or say its length");
        }
        try (InputStream source = Intake.open(body)) {
            VerifiedBody verified =
                    new VerifiedBody(
                            source, body.length().getAsLong(), expected, sums, scope.fence());
            verified.begin();
            return work.apply(verified);
        } catch (IOException e) {
            throw Intake.bodyFailed(e); // closing it
        }
    }

    /** What the body broke off with is what went wrong, whatever its sender says. */
    static <T> T unbroken(VerifiedBody body, java.util.function.Supplier<T> send) {
        try {
            return send.get();
        } catch (RuntimeException e) {
            throw body.failure().orElse(e);
        }
    }

    @Override
    public void delete(Collection<String> keys) {
        List<String> checked = checks.keys(keys).stream().map(Object::toString).toList();
        scope.fence().ensureCurrent();
        if (!checked.isEmpty()) {
            delete(checked, BlobAction.DELETE_OBJECT);
        }
    }

    /** Looks which are there only where somebody is told. */
    void delete(List<String> keys, BlobAction action) {
        List<String> told = keys.stream().filter(key -> telling.isTold(action, key)).toList();
        Map<String, BlobInfo> present = told.isEmpty() ? Map.of() : remote.heads(told);
        telling.tellRemoved(
                present.values().stream()
                        .map(info ->
                                new Notices.Begun(
                                        action, info.key(), info.version(), Optional.empty()))
                        .toList(),
                () -> remote.delete(keys));
    }

    @Override
    public BlobPut copy(String from, String to, CopyOptions options) {
        checks.key(from);
        checks.key(to);
        options.metadata().ifPresent(checks::metadata);
        scope.fence().ensureCurrent();
        BlobInfo source =
                remote.head(from)
                        .orElseThrow(() ->
                                new BlobException(
                                        BlobFault.NO_SUCH_KEY, "there is no object to copy"));
        if (!options.sourceConditions().hold(Optional.of(source))) {
            return new BlobPut.Unmet(Optional.of(source));
        }
        BlobReplacing replacing = new BlobReplacing.Anything();
        if (!options.conditions().equals(BlobConditions.none())) {
            Optional<BlobInfo> present = remote.head(to);
            if (!options.conditions().hold(present)) {
                return new BlobPut.Unmet(present);
            }
            replacing = replacing(options.conditions(), present);
        }
        BlobReplacing over = replacing;
        BlobDraft draft =
                draft(to, options.metadata().orElse(source.metadata()), source.checksums());
        scope.fence().ensureCurrent();
        return telling.tell(
                        begun(BlobAction.COPY_OBJECT, draft, Optional.of(from)),
                        () -> remote.copy(source, draft, over))
                .<BlobPut>map(BlobPut.Stored::new)
                .orElseGet(() -> new BlobPut.Unmet(remote.head(to)));
    }

    @Override
    public BlobUpload createUpload(String key, BlobMetadata metadata) {
        checks.key(key);
        checks.metadata(metadata);
        scope.fence().ensureCurrent();
        BlobDraft draft = draft(key, metadata, Map.of());
        String id =
                RemoteUploading.id(draft.uploadedAt(), draft.version(), remote.createUpload(draft));
        return new RemoteUploading(this, key, id);
    }

    @Override
    public BlobUpload resumeUpload(String key, String uploadId) {
        checks.key(key);
        return new RemoteUploading(this, key, uploadId);
    }

    BlobRemote remote() {
        return remote;
    }

    Checks checks() {
        return checks;
    }

    Scope scope() {
        return scope;
    }

    Notices telling() {
        return telling;
    }

    /** Whether an upload that was begun then is of use no more. */
    boolean isOver(Instant begun) {
        return !begun.isAfter(telling.now().minus(checks.limits().uploadAge()));
    }
}
