package dev.flowir.blob;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An upload in parts of an object that is kept elsewhere. Its id says when it was begun and which
 * version it makes, in front of the id that it has there.
 */
final class RemoteUploading implements BlobUpload {

    private record Known(Instant begun, String version, String there) {}

    private final RemoteWriting writing;
    private final String key;
    private final String id;

    RemoteUploading(RemoteWriting writing, String key, String id) {
        this.writing = writing;
        this.key = key;
        this.id = id;
    }

    static String id(Instant begun, String version, String there) {
        return begun.toEpochMilli() + "." + version + "." + there;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String id() {
        return id;
    }

    private Optional<Known> known() {
        int first = id.indexOf('.');
        int second = id.indexOf('.', first + 1);
        if (first < 0 || second < 0 || !Ids.isId(id.substring(first + 1, second))) {
            return Optional.empty();
        }
        try {
            Instant begun = Instant.ofEpochMilli(Long.parseLong(id.substring(0, first)));
            return Optional.of(
                    new Known(begun, id.substring(first + 1, second), id.substring(second + 1)));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty(); // no id of ours
        }
    }

    private Known current() {
        return known().filter(upload -> !writing.isOver(upload.begun()))
                .orElseThrow(writing.checks()::noSuchUpload);
    }

    @Override
    public UploadedPart part(int number, BlobBody body) {
        writing.checks().partNumber(number);
        writing.scope().fence().ensureCurrent();
        Known upload = current();
        return writing.send(
                body,
                Optional.empty(),
                verified ->
                        RemoteWriting.unbroken(
                                verified,
                                () ->
                                        new UploadedPart(
                                                number,
                                                writing.remote()
                                                        .part(
                                                                key,
                                                                upload.there(),
                                                                number,
                                                                verified,
                                                                body.length().orElseThrow()))));
    }

    @Override
    public BlobInfo complete(List<UploadedPart> parts) {
        SortedMap<Integer, String> etags = Parted.etags(parts);
        writing.scope().fence().ensureCurrent();
        Known upload = current();
        List<UploadedPart> chosen =
                writing.remote().judgesParts() ? sorted(etags) : stored(upload, etags);
        writing.scope().fence().ensureCurrent();
        return writing.telling()
                .tell(
                        new Notices.Begun(
                                BlobAction.COMPLETE_MULTIPART_UPLOAD,
                                key,
                                upload.version(),
                                Optional.empty()),
                        () -> Optional.of(writing.remote().complete(key, upload.there(), chosen)))
                .orElseThrow();
    }

    private static List<UploadedPart> sorted(SortedMap<Integer, String> etags) {
        List<UploadedPart> parts = new ArrayList<>();
        etags.forEach((number, etag) -> parts.add(new UploadedPart(number, etag)));
        return parts;
    }

    /** Refuses parts that are not there, or whose sizes do not go together. */
    private List<UploadedPart> stored(Known upload, SortedMap<Integer, String> etags) {
        Map<Integer, BlobRemote.Part> stored = writing.remote().parts(key, upload.there());
        List<Parted> sizes = new ArrayList<>();
        List<UploadedPart> chosen = new ArrayList<>();
        etags.forEach((number, etag) -> {
            BlobRemote.Part part = stored.get(number);
            if (part == null || !part.etag().equals(etag)) {
                throw Parted.unlike(number, part != null);
            }
            sizes.add(new Parted(number, part.bytes()));
            chosen.add(new UploadedPart(number, etag));
        });
        Parted.check(sizes, writing.checks());
        return chosen;
    }

    @Override
    public void abort() {
        writing.scope().fence().ensureCurrent();
        Optional<Known> upload = known();
        if (upload.isPresent()) { // no code that waits in a Consumer: at the edge all would wait
            writing.remote().abort(key, upload.get().there());
        }
    }
}
