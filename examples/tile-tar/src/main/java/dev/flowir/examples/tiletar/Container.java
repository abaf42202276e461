package dev.flowir.examples.tiletar;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What looks for markers: gets archives as streams, keeps what it has of one that broke off, and
 * takes an archive only when it is whole. It has a folder of its own and no access to the bucket.
 */
final class Container {

    private final Path folder;

    /**
     * What it found.
     *
     * @param tiles that it looked at
     * @param bytes of the archive
     * @param sha256 of the archive, in hex
     */
    record Detection(int tiles, long bytes, String sha256) {}

    /** An archive that it is receiving. */
    static final class Intake implements Sink, AutoCloseable {
        private final FileChannel file;

        private Intake(Path path) throws IOException {
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.APPEND);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
        }

        /** Bytes that it has: where to go on. */
        long cursor() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    Container(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Goes on with an archive, or begins it. */
    Intake receive(Announcement archive) throws IOException {
        Path part = part(archive);
        if (Files.exists(part) && Files.size(part) > archive.bytes()) {
            Files.delete(part);
        }
        return new Intake(part);
    }

    /**
     * Looks at an archive that was received to its end.
     *
     * @throws IncompleteArchiveException when it is not whole: it is not looked at, and what there
     *     is of it is kept where it was only cut
     */
    Detection accept(Announcement announced) throws IOException {
        Path part = part(announced);
        int tiles = announced.tiles();
        try (InputStream archive = new BufferedInputStream(Files.newInputStream(part))) {
            TarCheck.read(
                    archive,
                    tiles,
                    (name, content) -> content.transferTo(java.io.OutputStream.nullOutputStream()));
        } catch (IncompleteArchiveException incomplete) {
            if (Files.size(part) >= announced.bytes()) {
                Files.delete(part);
            }
            throw incomplete;
        }
        Path whole = archive(announced.plan());
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
        return new Detection(tiles, Files.size(whole), sha256(whole));
    }

    /** Where the last whole archive of a plan is. */
    Path archive(String plan) {
        return folder.resolve(plan + ".tar");
    }

    private Path part(Announcement announced) {
        return folder.resolve(announced.plan() + "-" + announced.id() + ".part");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] some = new byte[1 << 16];
            for (int read = bytes.read(some); read >= 0; read = bytes.read(some)) {
                digest.update(some, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
