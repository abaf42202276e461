package dev.flowir.blob;

import dev.flowir.store.Store;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Opens a bucket of files and clears away what a crash left half-done. */
final class Opening {

    /** Names that every file system keeps as they are. Others become the hash of themselves. */
    private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private static final String IDENTITY = "bucket.id";

    private Opening() {}

    static Bucket open(String name, Store store, Path parent) {
        Path folder = parent.resolve(folderName(name));
        SqliteCatalog catalog = SqliteCatalog.open(store, name);
        FileContent content = FileContent.open(folder);
        boolean opened = false;
        try {
            identify(catalog, content, folder);
            sweep(catalog, content);
            Bucket bucket = new Bucket(name, catalog, content);
            bucket.clearGarbage();
            opened = true;
            return bucket;
        } catch (IOException e) {
            throw new BlobException(
                    BlobFault.IO, "the folder " + folder + " cannot be used: " + e, e);
        } finally {
            if (!opened) {
                content.close();
            }
        }
    }

    static String folderName(String bucket) {
        return PLAIN.matcher(bucket).matches()
                ? bucket
                : "_"
                        + HexFormat.of()
                                .formatHex(
                                        Intake.digest(Checksum.Algorithm.SHA_256)
                                                .digest(Checks.utf8(bucket)));
    }

    /** Another store's folder must not be swept: its objects would look like orphans. */
    private static void identify(SqliteCatalog catalog, FileContent content, Path folder)
            throws IOException {
        Path file = folder.resolve(IDENTITY);
        Optional<String> known = catalog.folder();
        String written = Files.exists(file) ? Files.readString(file).strip() : "";
        if (known.isPresent() ? known.get().equals(written) : content.isEmpty()) {
            if (known.isEmpty()) {
                String id = Ids.isId(written) ? written : Ids.next();
                try (FileChannel channel =
                        FileChannel.open(
                                file,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.TRUNCATE_EXISTING,
                                StandardOpenOption.WRITE)) {
                    channel.write(java.nio.ByteBuffer.wrap(Checks.utf8(id)));
                    channel.force(true);
                }
                FileContent.flushFolder(folder);
                catalog.folder(id);
            }
            return;
        }
        throw new BlobException(
                BlobFault.WRONG_FOLDER,
                known.isPresent()
                        ? folder
                                + " is not the folder that this store keeps the bucket in; open the"
                                + " one it was made with, or a backup of both"
                        : folder + " holds objects that this store does not know");
    }

    /** What came in and was committed is moved where it belongs, the rest is deleted. */
    private static void sweep(SqliteCatalog catalog, FileContent content) throws IOException {
        List<String> held = new ArrayList<>();
        for (String file : content.incoming()) {
            boolean holds = catalog.read(rows -> rows.holds(file));
            if (holds) {
                held.add(file);
            } else {
                content.delete(file);
            }
        }
        content.keep(held);
    }
}
