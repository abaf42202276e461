package dev.flowir.examples.tiletar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives in a process with a small heap: what there is of tiles makes no difference. */
class HeapTest {

    /** Three windows of tiles, and as much again in parts, are 2 MiB of these. */
    private static final String HEAP = "-Xmx24m";

    private static final int TILE_BYTES = 16 << 10;

    @ParameterizedTest
    @ValueSource(ints = {177, 10_000})
    void r2_20_theHeapThatOneArchiveTakesIsIndependentOfItsTiles(int tiles) throws Exception {
        Process child =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                HEAP,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Child.class.getName(),
                                Integer.toString(tiles))
                        .redirectErrorStream(true)
                        .start();
        List<String> said = child.inputReader().lines().toList();
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue(), said::toString);
        long bytes = new Synthetic(tiles, TILE_BYTES, Synthetic.Before.NOTHING).manifest().bytes();
        assertEquals(
                "whole: " + tiles + " tiles, " + bytes + " bytes", said.getLast(), said::toString);
    }

    /** The other process. */
    static final class Child {
        private Child() {}

        /**
         * Sends an archive nowhere.
         *
         * @param arguments how many tiles
         */
        public static void main(String[] arguments) throws Exception {
            Synthetic tiles =
                    new Synthetic(
                            Integer.parseInt(arguments[0]), TILE_BYTES, Synthetic.Before.NOTHING);
            try (Parts parts = new Parts(tiles)) {
                Receipt receipt =
                        parts.archiver.send(
                                tiles.manifest(),
                                0,
                                (bytes, offset, length) -> {},
                                Progress.IGNORED);
                System.out.println(
                        "whole: " + receipt.tiles() + " tiles, " + receipt.bytes() + " bytes");
            }
        }
    }
}
