package dev.flowir.blob;

import java.util.List;

/**
 * An object as it is kept.
 *
 * @param key its key in UTF-8
 * @param info its properties
 * @param segments its bytes in order; none when it is empty
 */
record Entry(Key key, BlobInfo info, List<Segment> segments) {

    Entry {
        segments = List.copyOf(segments);
    }

    List<String> files() {
        return segments.stream().map(Segment::file).toList();
    }
}
