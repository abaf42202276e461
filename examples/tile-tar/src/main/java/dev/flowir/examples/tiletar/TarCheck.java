package dev.flowir.examples.tiletar;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads an archive to its end and says whether it has one: readers of tar take any end for one. */
final class TarCheck {

    private TarCheck() {}

    /** Does something with each entry. */
    @FunctionalInterface
    interface Visitor {
        /**
         * An entry.
         *
         * @param name its name
         * @param content its bytes, to be read while this runs
         */
        void entry(String name, InputStream content) throws IOException;
    }

    /**
     * Reads an archive.
     *
     * @param tiles how many it must have
     * @return the names of its entries, in their order
     * @throws IncompleteArchiveException when it has no trailer, or not so many entries
     */
    static List<String> read(InputStream archive, int tiles, Visitor visitor) throws IOException {
        Counted counted = new Counted(archive);
        List<String> names = new ArrayList<>();
        long entries = 0;
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(counted);
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                visitor.entry(entry.getName(), tar);
                names.add(entry.getName());
                entries += TarWriter.entryBytes(entry.getSize());
                entry = tar.getNextEntry();
            }
            counted.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IncompleteArchiveException incomplete) {
            throw incomplete;
        } catch (IOException cut) {
            throw new IncompleteArchiveException(
                    "the archive is cut in its entry " + (names.size() + 1) + ": " + cut);
        }
        long trailer = Math.min(counted.zeros, counted.bytes - entries);
        if (trailer < TarWriter.TRAILER_BYTES) {
            throw new IncompleteArchiveException(
                    "the archive has no trailer after its "
                            + names.size()
                            + " entries and "
                            + counted.bytes
                            + " bytes");
        }
        if (names.size() != tiles) {
            throw new IncompleteArchiveException(
                    "the archive has " + names.size() + " entries of " + tiles);
        }
        return names;
    }

    /** Counts what goes through, and the zeros at its end. */
    private static final class Counted extends FilterInputStream {
        private long bytes;
        private long zeros;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            for (int i = offset; i < offset + read; i++) {
                zeros = into[i] == 0 ? zeros + 1 : 0;
            }
            bytes += Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[(int) Math.min(count, 8192)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
