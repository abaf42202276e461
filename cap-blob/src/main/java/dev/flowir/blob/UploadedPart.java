package dev.flowir.blob;

/**
 * A part that was stored.
 *
 * @param number its place, from 1
 * @param etag MD5 of its bytes in hex
 */
public record UploadedPart(int number, String etag) {}
