package dev.flowir.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in two folders. A file is written and flushed in {@code incoming}; when the transaction
 * that makes it part of an object has committed, it is moved to {@code objects}. So what a crash
 * leaves to be looked at is in {@code incoming} only: what an object holds is moved then, the rest
 * is deleted. Names are random and ours; no key is ever part of a path.
 */
final class FileContent implements Content {

    private static final Logger LOG = LoggerFactory.getLogger(FileContent.class);

    /** After so many bytes the disk is set to work while more are coming. */
    private static final long FLUSHED_BYTES = 32L * 1024 * 1024;

    private final Path incoming;
    private final Path objects;
    private final FileChannel lockFile;

    private FileContent(Path folder, FileChannel lockFile) {
        this.incoming = folder.resolve("incoming");
        this.objects = folder.resolve("objects");
        this.lockFile = lockFile;
    }

    static FileContent open(Path folder) {
        try {
            Files.createDirectories(folder.resolve("incoming"));
            for (int i = 0; i < 256; i++) {
                Files.createDirectories(folder.resolve("objects").resolve(shelf(i)));
            }
            flushFolder(folder.resolve("objects"));
            flushFolder(folder);
            FileChannel file =
                    FileChannel.open(
                            folder.resolve(".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!isFree(file)) {
                file.close();
                throw new BlobException(
                        BlobFault.WRONG_FOLDER,
                        folder
                                + " is in use; a bucket is opened once, boundAs gives it more names");
            }
            return new FileContent(folder, file);
        } catch (IOException e) {
            throw new BlobException(
                    BlobFault.IO, "the folder " + folder + " cannot be used: " + e, e);
        }
    }

    private static boolean isFree(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    private static String shelf(int number) {
        return String.valueOf(Character.forDigit(number >> 4, 16))
                + Character.forDigit(number & 15, 16);
    }

    private Path kept(String file) {
        return objects.resolve(file.substring(0, 2)).resolve(file);
    }

    /** Names of what stands in {@code incoming}; strange names are told and left alone. */
    List<String> incoming() throws IOException {
        try (Stream<Path> files = Files.list(incoming)) {
            return files.map(path -> String.valueOf(path.getFileName())).filter(Ids::isId).toList();
        }
    }

    boolean isEmpty() throws IOException {
        try (Stream<Path> files = Files.walk(objects)) {
            return incoming().isEmpty() && files.noneMatch(Files::isRegularFile);
        }
    }

    @Override
    public Receiving receive() throws IOException {
        String name = Ids.next();
        Path path = incoming.resolve(name);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new Writing(name, path, channel);
    }

    private final class Writing implements Receiving {
        private final String name;
        private final Path path;
        private final FileChannel channel;
        private @Nullable CompletableFuture<Void> flushing;
        private long unflushed;
        private boolean finished;

        Writing(String name, Path path, FileChannel channel) {
            this.name = name;
            this.path = path;
            this.channel = channel;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            unflushed += length;
            if (unflushed >= FLUSHED_BYTES && (flushing == null || flushing.isDone())) {
                awaitFlush();
                unflushed = 0;
                flushing = CompletableFuture.runAsync(this::flush, Thread::startVirtualThread);
            }
        }

        private void flush() {
            try {
                channel.force(false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** A flush that failed must be told here: the next one would say that all is well. */
        private void awaitFlush() throws IOException {
            if (flushing == null) {
                return;
            }
            try {
                flushing.join();
            } catch (java.util.concurrent.CompletionException e) {
                throw e.getCause() instanceof UncheckedIOException io
                        ? io.getCause()
                        : new IOException("flushing failed", e.getCause());
            }
        }

        @Override
        public String finish() throws IOException {
            awaitFlush();
            channel.force(true);
            channel.close();
            flushFolder(incoming);
            finished = true;
            return name;
        }

        @Override
        public void close() {
            if (finished) {
                return;
            }
            try {
                channel.close();
                Files.deleteIfExists(path);
            } catch (IOException e) {
                LOG.warn("A file that was given up stays until the next start: {}", path, e);
            }
        }
    }

    @Override
    public InputStream open(String file, long offset) throws IOException {
        FileChannel channel = find(file);
        channel.position(offset);
        return Channels.newInputStream(channel);
    }

    /** It may be moved while it is looked for. */
    private FileChannel find(String file) throws IOException {
        try {
            return FileChannel.open(kept(file), StandardOpenOption.READ);
        } catch (NoSuchFileException notKept) {
            try {
                return FileChannel.open(incoming.resolve(file), StandardOpenOption.READ);
            } catch (NoSuchFileException notIncoming) {
                return FileChannel.open(kept(file), StandardOpenOption.READ);
            }
        }
    }

    @Override
    public void keep(Collection<String> files) {
        for (String file : files) {
            try {
                Files.move(incoming.resolve(file), kept(file), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException e) {
                LOG.debug("Moved or deleted already: {}", file, e);
            } catch (IOException e) {
                LOG.warn("{} is read from where it is and moved at the next start", file, e);
            }
        }
    }

    @Override
    public void delete(String file) throws IOException {
        Files.deleteIfExists(kept(file));
        Files.deleteIfExists(incoming.resolve(file));
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("Closing the lock failed", e);
        }
    }

    /** So that a name survives a power cut. Windows has no such call and needs none. */
    static void flushFolder(Path folder) throws IOException {
        if (java.io.File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
