package dev.flowir.durable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder beside a store in which its application's socket is, open to its own user only. Where
 * the folder's name is too long for a socket, that is in a folder of its own for temporary files,
 * and the folder says where.
 */
final class AdminFolder {

    /** {@code sun_path} has 108 bytes on Linux and 104 on macOS, with its end. */
    private static final int MAX_SOCKET_BYTES = 103;

    private static final String OWNER_ONLY = "rwx------";
    private static final String TEMPORARY = "flowir-admin";

    private final Path folder;

    private AdminFolder(Path folder) {
        this.folder = folder;
    }

    static AdminFolder of(Path store) {
        return new AdminFolder(store.resolveSibling(store.getFileName() + "-admin"));
    }

    /**
     * A place for a socket, which is not there; whatever an application left that was killed goes.
     */
    Path prepare() throws IOException {
        clear();
        Files.createDirectories(folder);
        PosixFileAttributeView view =
                Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(OWNER_ONLY));
        }
        Path socket = folder.resolve("door").toAbsolutePath();
        return fits(socket) ? socket : Files.createTempDirectory(TEMPORARY).resolve("door");
    }

    private static boolean fits(Path socket) {
        return socket.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_BYTES;
    }

    /** Says where the socket is that somebody listens at. */
    void announce(Path socket) throws IOException {
        Path written = Files.writeString(folder.resolve("address.new"), socket.toString());
        Files.move(written, address(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The socket; empty when no application has ever listened, or the last one has left. */
    Optional<Path> socket() throws IOException {
        try {
            return Optional.of(Path.of(Files.readString(address()).strip()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    void clear() throws IOException {
        Optional<Path> socket = socket();
        if (socket.isPresent()) {
            Files.deleteIfExists(socket.get());
            Path parent = socket.get().getParent();
            if (parent != null && String.valueOf(parent.getFileName()).startsWith(TEMPORARY)) {
                Files.deleteIfExists(parent);
            }
        }
        Files.deleteIfExists(folder.resolve("door"));
        Files.deleteIfExists(address());
    }

    private Path address() {
        return folder.resolve("address");
    }
}
