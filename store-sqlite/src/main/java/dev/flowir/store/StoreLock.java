package dev.flowir.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The lock that keeps a second process out: an operating system lock on a byte of {@code
 * <store>.lock}, gone with the process whatever ends it. The text in that file names the owner.
 */
final class StoreLock implements AutoCloseable {

    /** Beyond the text, so that others can read the owner where locks are mandatory. */
    private static final long LOCKED_BYTE = 1L << 30;

    private static final int OWNER_BYTES = 512;

    /**
     * Stores open in this JVM. Asked before the lock file is touched: on POSIX, closing any channel
     * of a file drops every lock that the process has on it.
     */
    private static final Map<Path, String> OPEN = new ConcurrentHashMap<>();

    private final Path store;
    private final FileChannel channel;

    private StoreLock(Path store, FileChannel channel) {
        this.store = store;
        this.channel = channel;
    }

    /**
     * The lock of the store in {@code file}, whose folder is made when it is not there.
     *
     * @throws StoreException when it cannot be a store, or is one of another process
     */
    static StoreLock claim(Path file) {
        Path real;
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            real = realPath(file);
        } catch (IOException e) {
            throw new StoreException(
                    StoreFault.NOT_WRITABLE,
                    "the directory of " + file + " cannot be made: " + e,
                    e);
        }
        if (Files.isDirectory(real)) {
            throw new StoreException(
                    StoreFault.NOT_WRITABLE, real + " is a directory; a store is a file");
        }
        if (Files.exists(real) && !Files.isWritable(real)) {
            // SQLite would open it, and fail at the first write.
            throw new StoreException(
                    StoreFault.NOT_WRITABLE, real + " cannot be written: it is read-only here");
        }
        return acquire(real);
    }

    /** The store's file, with links resolved. */
    Path store() {
        return store;
    }

    private static StoreLock acquire(Path store) {
        String owner = owner();
        if (OPEN.putIfAbsent(store, owner) != null) {
            throw refused(store, "this process (pid " + ProcessHandle.current().pid() + ")");
        }
        try {
            return lock(store, owner);
        } catch (IOException e) {
            OPEN.remove(store);
            throw new StoreException(
                    StoreFault.NOT_WRITABLE, "cannot lock " + lockFile(store) + ": " + e, e);
        } catch (StoreException e) {
            OPEN.remove(store);
            throw e;
        }
    }

    private static StoreLock lock(Path store, String owner) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        lockFile(store),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            // Another class loader of this JVM has it. The channel stays open on purpose: closing
            // it would drop that other lock.
            throw refused(store, "this process, from another class loader");
        }
        if (lock == null) {
            String other = readOwner(channel);
            channel.close();
            throw refused(store, other);
        }
        channel.truncate(0);
        ByteBuffer text = ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
            channel.write(text, text.position());
        }
        return new StoreLock(store, channel);
    }

    private static StoreException refused(Path store, String other) {
        return new StoreException(
                StoreFault.LOCKED,
                store
                        + " is open in "
                        + other
                        + "; one store has one process. Close it there, or open another file here");
    }

    private static String owner() {
        return "pid "
                + ProcessHandle.current().pid()
                + " on host "
                + host()
                + ", since "
                + java.time.Instant.now();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown (" + e.getMessage() + ")";
        }
    }

    private static String readOwner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(OWNER_BYTES);
        channel.read(text, 0);
        String owner = StandardCharsets.UTF_8.decode(text.flip()).toString().strip();
        return owner.isEmpty() ? "another process" : "another process (" + owner + ")";
    }

    private static Path lockFile(Path store) {
        return store.resolveSibling(store.getFileName() + ".lock");
    }

    /** The name that a store is known by: links resolved, so that two names are one store. */
    static Path realPath(Path file) throws IOException {
        Path absolute = file.toAbsolutePath().normalize();
        if (Files.exists(absolute)) {
            return absolute.toRealPath();
        }
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        return parent == null || name == null ? absolute : parent.toRealPath().resolve(name);
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OPEN.remove(store);
        }
    }
}
