package dev.flowir.kernel.exec;

/**
 * Keeps what a lane's thread writes on every run off the cache lines of whatever lies before it; 64
 * callers would otherwise slow each other down through lines that they do not share on purpose.
 */
@SuppressWarnings("unused") // room, not data
abstract class LanePadding {
    long before0;
    long before1;
    long before2;
    long before3;
    long before4;
    long before5;
    long before6;
    long before7;
}
