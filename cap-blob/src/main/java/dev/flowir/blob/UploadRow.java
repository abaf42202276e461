package dev.flowir.blob;

import dev.flowir.kernel.cap.Utf8Key;

/**
 * An unfinished upload.
 *
 * @param id its id
 * @param key key of the object to be
 * @param createdAtMillis when it was created, in milliseconds since 1970
 * @param metadata what will be kept with the object
 */
record UploadRow(String id, Utf8Key key, long createdAtMillis, BlobMetadata metadata) {}
