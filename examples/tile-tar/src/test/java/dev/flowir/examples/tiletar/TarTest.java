package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.blob.BlobStore;
import dev.flowir.kernel.cap.Scope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format: entries one at a time, whole archives, plans that a seed makes. */
class TarTest {

    private static final int TILES = 177;

    @TempDir Path folder;

    @Test
    void r2_18_oneEntryIsOpenAtATime() throws IOException {
        TarWriter tar = new TarWriter(4096);
        tar.begin("a.png", 2);
        tar.write(new byte[] {1, 2});
        assertEquals(
                "'a.png' is open; end it before 'b.png' begins",
                assertThrows(IllegalStateException.class, () -> tar.begin("b.png", 1))
                        .getMessage());
        assertThrows(IllegalStateException.class, tar::part);
        tar.end();
        tar.begin("b.png", 1);
        assertThrows(IOException.class, () -> tar.write(new byte[2]), "more than was said");
        assertThrows(IOException.class, tar::end, "less than was said");
    }

    @Test
    void r2_18_aNameBeyondAHundredBytesIsRefused() throws IOException {
        String longest = "x".repeat(TarWriter.MAX_NAME_BYTES);
        TarWriter tar = new TarWriter(512);
        tar.begin(longest, 0);
        tar.end();
        assertEquals(512, tar.part().length);
        TarWriter other = new TarWriter(512);
        assertThrows(IllegalArgumentException.class, () -> other.begin(longest + "x", 0));
    }

    @Test
    void r2_19_theArchiveIsCompleteAndValidForTarAndForJava() throws Exception {
        try (BlobStore bucket = BlobStore.memory(TileFlow.BUCKET)) {
            Drawing.draw(bucket.writer(Scope.outside("test")), "house", DziPyramid.TWO_PAGES, 7);
            Manifest manifest = Manifest.of(bucket.reader(), "house");
            Path file = folder.resolve("house.tar");
            try (Parts parts = new Parts(bucket);
                    var out = Files.newOutputStream(file)) {
                parts.archiver.send(manifest, 0, out::write, Progress.IGNORED);
            }
            assertEquals(manifest.bytes(), Files.size(file));
            TreeMap<String, byte[]> found = new TreeMap<>();
            try (var in = Files.newInputStream(file)) {
                TarCheck.read(
                        in, TILES, (name, content) -> found.put(name, content.readAllBytes()));
            }
            for (TileRef tile : manifest.tiles()) {
                assertArrayEquals(
                        bucket.reader().get(tile.key()).orElseThrow().bytes(),
                        found.remove(tile.name()));
            }
            assertTrue(found.isEmpty());
            assertEquals(
                    manifest.tiles().stream().map(TileRef::name).toList(),
                    run("tar", "-tf", file.toString()));
        }
    }

    private static List<String> run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), lines::toString);
        return lines;
    }

    @Test
    void r2_12_anArchiveThatIsCutAnywhereIsNone() throws IOException {
        Synthetic tiles = new Synthetic(2, 300, Synthetic.Before.NOTHING);
        byte[] whole = Parts.expected(tiles);
        assertEquals(2, read(whole, 2).size());
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(
                    IncompleteArchiveException.class,
                    () -> read(cut, 2),
                    "cut after " + length + " of " + whole.length);
        }
    }

    @Test
    void r2_12_anArchiveWithFewerTilesIsNone() throws IOException {
        byte[] whole = Parts.expected(new Synthetic(5, 700, Synthetic.Before.NOTHING));
        assertEquals(
                "the archive has 5 entries of 6",
                assertThrows(IncompleteArchiveException.class, () -> read(whole, 6)).getMessage());
    }

    private static List<String> read(byte[] archive, int tiles) throws IOException {
        return TarCheck.read(new ByteArrayInputStream(archive), tiles, (name, content) -> {});
    }

    @Test
    void r2_22_aPlanOfTwoPagesHas177TilesAndFollowsFromItsSeed() throws IOException {
        List<String> names = names();
        assertEquals(TILES, names.size());
        assertEquals(TILES, new TreeSet<>(names).size());
        assertTrue(names.contains("page-1_files/0/0_0.png"));
        assertTrue(names.contains("page-2_files/12/7_9.png"), names::toString);
        assertEquals(12, DziPyramid.TWO_PAGES.get(1).levels());
        DziPyramid.Place edge = DziPyramid.TWO_PAGES.get(1).tiles().getLast();
        assertEquals(1800 - 7 * 256, edge.width());
        assertEquals(2545 - 9 * 256, edge.height());
        byte[] once = Drawing.png(edge, new SplittableRandom(3));
        assertArrayEquals(once, Drawing.png(edge, new SplittableRandom(3)));
        assertTrue(!Arrays.equals(once, Drawing.png(edge, new SplittableRandom(4))));
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        DziPyramid.TWO_PAGES.forEach(page -> page.tiles().forEach(tile -> names.add(tile.name())));
        return names;
    }

    @Test
    void r2_30_noTileIsLeftOut() throws Exception {
        try (BlobStore bucket = BlobStore.memory(TileFlow.BUCKET)) {
            Drawing.draw(bucket.writer(Scope.outside("test")), "house", DziPyramid.TWO_PAGES, 1);
            Drawing.draw(
                    bucket.writer(Scope.outside("test")),
                    "house-2",
                    List.of(new DziPyramid("other", 300, 300)),
                    1);
            List<String> listed =
                    Manifest.of(bucket.reader(), "house").tiles().stream()
                            .map(TileRef::name)
                            .toList();
            assertEquals(new TreeSet<>(names()), new TreeSet<>(listed));
            assertEquals(TILES, listed.size(), () -> String.format(Locale.ROOT, "%s", listed));
        }
    }

    @Test
    void aPlaceInAnArchiveIsFoundByItsOffset() {
        Manifest manifest = new Synthetic(45, 300, Synthetic.Before.NOTHING).manifest();
        assertEquals(new Manifest.Place(0, 0), manifest.windowAt(0, 20));
        assertEquals(new Manifest.Place(0, 0), manifest.windowAt(20 * 1024 - 1, 20));
        assertEquals(new Manifest.Place(20, 20 * 1024), manifest.windowAt(20 * 1024, 20));
        assertEquals(new Manifest.Place(40, 40 * 1024), manifest.windowAt(45 * 1024 - 1, 20));
        assertEquals(new Manifest.Place(45, 45 * 1024), manifest.windowAt(45 * 1024, 20));
    }
}
