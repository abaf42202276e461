package dev.flowir.s3;

/**
 * What became of calls, since the connection was made.
 *
 * @param answered how many were answered, as wanted or not
 * @param refused how many ended in a fault that says nothing was done
 * @param unanswered how many ended without anybody knowing
 * @param underWay how many are waiting now, without open objects
 * @param openObjects how many are being read now: each holds a connection
 */
public record S3Stats(
        long answered, long refused, long unanswered, int underWay, int openObjects) {}
