package dev.flowir.blob;

import dev.flowir.kernel.cap.ScopedHandle;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The reading handle of one attempt, of objects that are kept elsewhere. */
sealed class RemoteReading implements BlobReader, ScopedHandle permits RemoteWriting {

    /** How often an object may be replaced between a look at it and its opening. */
    private static final int MOST_LOOKS = 100;

    final BlobRemote remote;
    final Checks checks;
    private final Set<Tracked> open = Collections.newSetFromMap(new ConcurrentHashMap<>());

    RemoteReading(BlobRemote remote, Checks checks) {
        this.remote = remote;
        this.checks = checks;
    }

    @Override
    public Optional<BlobInfo> head(String key) {
        checks.key(key);
        return remote.head(key);
    }

    @Override
    public BlobGet get(String key, GetOptions options) {
        checks.key(key);
        Checks.range(options.range(), Long.MAX_VALUE);
        if (options.conditions().equals(BlobConditions.none())) {
            return found(remote.get(key, options.range(), Optional.empty()))
                    .orElseGet(BlobGet.Missing::new);
        }
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Optional<BlobInfo> present = remote.head(key);
            if (present.isEmpty()) {
                return new BlobGet.Missing();
            }
            BlobInfo info = present.get();
            if (!options.conditions().hold(present)) {
                return new BlobGet.Unmet(info);
            }
            Optional<BlobGet> opened =
                    found(remote.get(key, options.range(), Optional.of(info.etag())));
            if (opened.isPresent()) {
                return opened.get();
            }
        }
        throw new BlobException(
                BlobFault.IO,
                "the object was replaced " + MOST_LOOKS + " times between a look and its opening");
    }

    private Optional<BlobGet> found(Optional<Blob> opened) {
        return opened.map(blob -> {
            Tracked stream = new Tracked(blob.stream(), open);
            open.add(stream);
            return new BlobGet.Found(Blob.of(blob.info(), blob.offset(), blob.length(), stream));
        });
    }

    /** The keys come from one look, properties from a second: what is gone by then is left out. */
    @Override
    public BlobPage list(BlobQuery query) {
        RemoteRange range = new RemoteRange(remote, query.prefix());
        BlobPage bare = new Listing(range, query, checks).page();
        if (remote.listsProperties()) {
            return bare;
        }
        List<String> keys = bare.objects().stream().map(BlobInfo::key).toList();
        Map<String, BlobInfo> known = keys.isEmpty() ? Map.of() : remote.heads(keys);
        List<BlobInfo> objects = new ArrayList<>();
        for (String key : keys) {
            BlobInfo info = known.get(key);
            if (info != null) {
                boolean told = query.detail() == BlobQuery.Detail.METADATA;
                objects.add(told ? info : info.withMetadata(BlobMetadata.none()));
            }
        }
        return new BlobPage(objects, bare.delimitedPrefixes(), bare.cursor());
    }

    @Override
    public void attemptEnded() {
        Optional<IOException> failed = Optional.empty();
        for (Tracked stream : List.copyOf(open)) {
            try {
                stream.close();
            } catch (IOException e) {
                failed = Optional.of(e);
            }
        }
        if (failed.isPresent()) {
            throw new UncheckedIOException(
                    "closing what the attempt left open failed", failed.get());
        }
    }

    /** The bytes of an open object. */
    private static final class Tracked extends FilterInputStream {
        private final Set<Tracked> open;

        Tracked(InputStream in, Set<Tracked> open) {
            super(in);
            this.open = open;
        }

        @Override
        public void close() throws IOException {
            open.remove(this);
            super.close();
        }
    }
}
