package dev.flowir.wasm.guest;

/**
 * What a guest has done so far.
 *
 * @param calls that have ended, in any way
 * @param stopped of these, those that broke a limit or whose attempt was given up
 * @param contextsMade contexts that were made
 * @param contextsOpen contexts that there are now
 */
public record GuestStats(long calls, long stopped, long contextsMade, int contextsOpen) {}
