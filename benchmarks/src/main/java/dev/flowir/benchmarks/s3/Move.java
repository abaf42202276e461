package dev.flowir.benchmarks.s3;

import java.util.List;

/**
 * What is measured.
 *
 * @param way in or out
 * @param bytes size of each object
 * @param callers how many do so at once
 */
record Move(Way way, int bytes, int callers) {

    private static final int KIBIBYTE = 1024;
    private static final int MEBIBYTE = 1024 * KIBIBYTE;

    /** Which way the bytes go. */
    enum Way {
        PUT,
        GET
    }

    /** All of them, small ones first. */
    static List<Move> all() {
        return List.of(
                new Move(Way.PUT, 16 * KIBIBYTE, 1),
                new Move(Way.PUT, 16 * KIBIBYTE, 8),
                new Move(Way.PUT, MEBIBYTE, 1),
                new Move(Way.PUT, MEBIBYTE, 8),
                new Move(Way.PUT, 8 * MEBIBYTE, 1),
                new Move(Way.PUT, 8 * MEBIBYTE, 4),
                new Move(Way.GET, 16 * KIBIBYTE, 1),
                new Move(Way.GET, 16 * KIBIBYTE, 8),
                new Move(Way.GET, MEBIBYTE, 1),
                new Move(Way.GET, MEBIBYTE, 8),
                new Move(Way.GET, 8 * MEBIBYTE, 1),
                new Move(Way.GET, 8 * MEBIBYTE, 4));
    }

    /** Such as {@code put of 16 KiB, 8 at once}. */
    String inWords() {
        String size = bytes < MEBIBYTE ? bytes / KIBIBYTE + " KiB" : bytes / MEBIBYTE + " MiB";
        return (way == Way.PUT ? "put of " : "get of ")
                + size
                + (callers == 1 ? "" : ", " + callers + " at once");
    }
}
