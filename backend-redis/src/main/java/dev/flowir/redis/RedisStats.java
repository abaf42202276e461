package dev.flowir.redis;

/**
 * What became of the commands of one connection since it was opened.
 *
 * @param answered commands that the server answered, refusals included
 * @param refusedHere commands that were not sent: no connection, or too much under way
 * @param unanswered commands that were sent and not answered in time, or at all
 * @param connections how often a connection was made
 * @param underWay commands sent and not answered now
 * @param bytesUnderWay bytes of keys and values in them
 */
public record RedisStats(
        long answered,
        long refusedHere,
        long unanswered,
        long connections,
        int underWay,
        long bytesUnderWay) {}
