package dev.flowir.kernel.cap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Spills into files of one folder, which is made for it and goes with it. What a process that was
 * killed left behind is in a folder of its own and is never read.
 */
public final class FileSpillStore implements SpillStore, AutoCloseable {

    private final Path folder;
    private final AtomicLong counter = new AtomicLong();

    private FileSpillStore(Path folder) {
        this.folder = folder;
    }

    /**
     * A store in a new folder.
     *
     * @param parent where the folder is made; it is created when it does not exist
     * @return the store
     * @throws IOException when the folder could not be made
     */
    public static FileSpillStore under(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new FileSpillStore(Files.createTempDirectory(parent, "spill-"));
    }

    @Override
    public String store(String tier, byte[] bytes) throws IOException {
        String name = "item-" + counter.incrementAndGet();
        Path file = folder.resolve(name);
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            Files.deleteIfExists(file); // a full disk leaves half a file
            throw failed;
        }
        return name;
    }

    @Override
    public byte[] load(String reference) throws IOException {
        return Files.readAllBytes(folder.resolve(reference));
    }

    @Override
    public void delete(String reference) throws IOException {
        Files.deleteIfExists(folder.resolve(reference));
    }

    /**
     * Deletes the folder and what is left in it.
     *
     * @throws IOException when something could not be deleted
     */
    @Override
    public void close() throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder)) {
            left = files.toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }
}
