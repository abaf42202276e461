package dev.flowir.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The file as it was when the store opened it. On POSIX systems a file that was deleted or replaced
 * can still be written to, and what is acknowledged then is gone with the process.
 */
final class FileIdentity {

    private final Path file;
    private final @Nullable Object key;

    FileIdentity(Path file) {
        this.file = file;
        this.key = key(file);
    }

    /** Whether the path still leads to the file that was opened. */
    boolean isStillThere() {
        return key == null ? Files.exists(file) : key.equals(key(file));
    }

    /** Device and inode where the file system has them. */
    private static @Nullable Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null; // not there, or not to be asked: both are told apart by the first answer
        }
    }
}
