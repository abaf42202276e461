package dev.flowir.blob;

import dev.flowir.kernel.cap.ScopedHandle;
import dev.flowir.kernel.cap.Utf8Key;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reading handle of one attempt. */
sealed class Reading implements BlobReader, ScopedHandle permits Writing {

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);

    final Bucket bucket;
    final Checks checks;
    private final Set<SegmentStream> open = ConcurrentHashMap.newKeySet();

    Reading(Bucket bucket, Checks checks) {
        this.bucket = bucket;
        this.checks = checks;
    }

    @Override
    public Optional<BlobInfo> head(String key) {
        Utf8Key checked = checks.key(key);
        return bucket.read(rows -> rows.find(checked)).map(Entry::info);
    }

    @Override
    public BlobPage list(BlobQuery query) {
        return bucket.read(rows -> new Listing(rows::range, query, checks).page());
    }

    @Override
    public BlobGet get(String key, GetOptions options) {
        Utf8Key checked = checks.key(key);
        Optional<Entry> found = bucket.read(rows -> rows.find(checked));
        while (found.isPresent()) {
            Entry entry = found.get();
            if (!options.conditions().hold(Optional.of(entry.info()))) {
                return new BlobGet.Unmet(entry.info());
            }
            try {
                return new BlobGet.Found(open(entry, options.range()));
            } catch (NoSuchFileException e) {
                found = bucket.read(rows -> rows.find(checked)); // it was replaced meanwhile
                boolean same =
                        found.map(now -> now.info().version().equals(entry.info().version()))
                                .orElse(false);
                if (same) {
                    throw new BlobException(
                            BlobFault.CORRUPT,
                            "the file "
                                    + e.getFile()
                                    + " of an object is gone; restore it from a backup",
                            e);
                }
            } catch (IOException e) {
                throw new BlobException(BlobFault.IO, "opening failed: " + e, e);
            }
        }
        return new BlobGet.Missing();
    }

    private Blob open(Entry entry, BlobRange range) throws IOException {
        long[] cut = Checks.range(range, entry.info().size());
        List<SegmentStream.Piece> pieces = pieces(entry.segments(), cut[0], cut[1]);
        List<String> files = entry.files();
        Runnable[] forget = {() -> {}};
        SegmentStream stream =
                new SegmentStream(
                        bucket.content(),
                        pieces,
                        () -> {
                            bucket.shelf().unpin(files);
                            forget[0].run();
                        });
        bucket.shelf().pin(files);
        try {
            stream.begin();
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
        forget[0] = () -> open.remove(stream);
        open.add(stream);
        return new Blob(entry.info(), cut[0], cut[1], stream);
    }

    private static List<SegmentStream.Piece> pieces(
            List<Segment> segments, long offset, long length) {
        List<SegmentStream.Piece> pieces = new ArrayList<>();
        long start = 0;
        long end = offset + length;
        for (Segment segment : segments) {
            long first = Math.max(offset, start);
            long behind = Math.min(end, start + segment.length());
            if (first < behind) {
                pieces.add(new SegmentStream.Piece(segment, first - start, behind - first));
            }
            start += segment.length();
        }
        return pieces;
    }

    @Override
    public void attemptEnded() {
        for (SegmentStream stream : open) {
            try {
                stream.close();
            } catch (IOException e) {
                LOG.warn("Closing what an attempt left open failed", e);
            }
        }
    }
}
