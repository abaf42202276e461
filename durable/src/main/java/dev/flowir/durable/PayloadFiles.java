package dev.flowir.durable;

import dev.flowir.kernel.journal.LargePayloads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Large payloads as files of one folder, which belongs to one journal. A file is written beside its
 * place, flushed, moved to it, and the folder flushed, before anybody learns its name.
 */
public final class PayloadFiles implements LargePayloads {

    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}(\\.part)?");

    private final Path folder;

    private PayloadFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * Files in a folder, which is made when the first is stored.
     *
     * @param folder where; on the same disk as the journal, so that both are lost or kept together
     * @return the place
     */
    public static PayloadFiles in(Path folder) {
        return new PayloadFiles(folder);
    }

    @Override
    public String store(byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        String name = UUID.randomUUID().toString();
        Path part = folder.resolve(name + ".part");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            flush(folder);
        } catch (IOException e) { // a full disk leaves half a file
            Files.deleteIfExists(part);
            delete(name);
            throw e;
        }
        return name;
    }

    private static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public byte[] load(String name) throws IOException {
        return Files.readAllBytes(place(name));
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(place(name));
    }

    private Path place(String name) throws NoSuchFileException {
        if (!NAME.matcher(name).matches()) {
            throw new NoSuchFileException(name);
        }
        return folder.resolve(name);
    }

    @Override
    public List<String> names() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> NAME.matcher(name).matches())
                    .toList();
        }
    }

    /** {@return the folder} */
    @Override
    public String toString() {
        return folder.toString();
    }
}
