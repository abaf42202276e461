package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;
import java.util.List;

/**
 * An object as it is kept.
 *
 * @param key its key in UTF-8
 * @param info its properties
 * @param segments its bytes in order; none when it is empty
 */
record Entry(Utf8Key key, BlobInfo info, List<Segment> segments) {

    Entry {
        segments = List.copyOf(segments);
    }

    List<String> files() {
        return segments.stream().map(Segment::file).toList();
    }
}
