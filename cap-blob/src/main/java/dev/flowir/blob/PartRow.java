package dev.flowir.blob;

import java.util.List;

/**
 * A part of an unfinished upload.
 *
 * @param number its place, from 1
 * @param etag MD5 of its bytes in hex
 * @param segments its bytes: one segment, or none when it is empty
 */
record PartRow(int number, String etag, List<Segment> segments) {

    long length() {
        return segments.stream().mapToLong(Segment::length).sum();
    }

    List<String> files() {
        return segments.stream().map(Segment::file).toList();
    }
}
