package dev.flowir.object;

import dev.flowir.store.PagedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the databases of objects that are awake have their files. Nothing in it is worth keeping:
 * it is deleted when the space is closed, and what a killed process left when it is opened again.
 */
final class Scratch {

    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private final ObjectLimits limits;
    private final BooleanSupplier closeOne;
    private final Optional<Path> beside;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong files = new AtomicLong();
    private @Nullable Path folder;

    /**
     * A place that is made at its first use.
     *
     * @param beside where; empty for a folder of the system's
     * @param closeOne has one that nobody uses closed; false when there is none
     */
    Scratch(Optional<Path> beside, ObjectLimits limits, BooleanSupplier closeOne) {
        this.beside = beside;
        this.limits = limits;
        this.closeOne = closeOne;
    }

    /**
     * A folder beside a store, and none of those that this one takes over from.
     *
     * @param epoch how often the space was opened: a later one never shares files with it
     */
    static Path beside(Path store, String space, long epoch) {
        // Names of spaces are any text; those of folders are not.
        UUID name = UUID.nameUUIDFromBytes(space.getBytes(StandardCharsets.UTF_8));
        String prefix = store.getFileName() + "-objects-" + name + "-";
        try (DirectoryStream<Path> earlier =
                Files.newDirectoryStream(
                        store.toAbsolutePath().getParent(),
                        path -> path.getFileName().toString().startsWith(prefix))) {
            earlier.forEach(Scratch::delete);
        } catch (IOException e) {
            LOG.warn("What objects of {} had for a while cannot be looked for", space, e);
        }
        return store.resolveSibling(prefix + epoch);
    }

    PagedDatabase open(IntFunction<SortedMap<Integer, byte[]>> pages) {
        while (open.incrementAndGet() > limits.maxOpenDatabases()) {
            open.decrementAndGet();
            if (!closeOne.getAsBoolean()) {
                throw new ObjectException(
                        ObjectFault.OVERLOADED,
                        limits.maxOpenDatabases()
                                + " objects have their tables open, and all are being called");
            }
        }
        boolean opened = false;
        try {
            Path file = folder().resolve(files.incrementAndGet() + ".db");
            PagedDatabase database =
                    PagedDatabase.open(file, limits.maxObjectBytes(), limits.sql(), pages);
            opened = true;
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException("there is no place for the tables of objects", e);
        } finally {
            if (!opened) {
                open.decrementAndGet();
            }
        }
    }

    void close(PagedDatabase database) {
        database.close();
        open.decrementAndGet();
    }

    private synchronized Path folder() throws IOException {
        Path known = folder;
        if (known == null) {
            known =
                    beside.isPresent()
                            ? Files.createDirectories(beside.get())
                            : Files.createTempDirectory("flowir-objects");
            folder = known;
        }
        return known;
    }

    synchronized void delete() {
        if (folder != null) {
            delete(folder);
            folder = null;
        }
    }

    private static void delete(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("What objects had for a while stays in {}", folder, e);
        }
    }
}
