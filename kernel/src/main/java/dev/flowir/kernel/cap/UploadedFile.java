package dev.flowir.kernel.cap;

/**
 * A file that came with a form: where it is, and what is known of it. A component of a flow's input
 * record of this type, an {@code Optional} or a {@code List} of it, is a file of the form.
 *
 * @param key where the {@link FileSink} has it; nothing of it was chosen by the client
 * @param name the name that the client gave it: any text without control characters, a path of
 *     nobody's file system
 * @param contentType what the client says it is, unchecked; empty when it said nothing
 * @param size in bytes
 * @param sha256 SHA-256 of the bytes, 64 lower-case hexadecimal digits
 */
public record UploadedFile(String key, String name, String contentType, long size, String sha256) {}
