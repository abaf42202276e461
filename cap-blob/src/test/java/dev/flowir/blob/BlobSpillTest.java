package dev.flowir.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.kernel.cap.Scope;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlobSpillTest {

    private final BlobStore bucket = BlobStore.memory("b");
    private final BlobWriter writer = bucket.writer(Scope.outside("test"));

    private List<String> keys() {
        return writer.list(BlobQuery.all()).objects().stream().map(BlobInfo::key).toList();
    }

    @Test
    void itemsComeBackUntilTheyAreDeleted() throws IOException {
        try (BlobSpill spill = BlobSpill.under(writer, "spill")) {
            Set<String> references = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                references.add(spill.store("../tier \uD83D\uDE00", new byte[] {(byte) i}));
            }
            assertEquals(100, references.size());
            String one = spill.store("t", new byte[] {1, 2, 3});
            assertArrayEquals(new byte[] {1, 2, 3}, spill.load(one));
            spill.delete(one);
            spill.delete(one);
            assertThrows(IOException.class, () -> spill.load(one));
        }
        assertEquals(List.of(), keys());
    }

    @Test
    void whatAnEarlierProcessLeftGoesAndNothingElse() throws IOException {
        writer.put("spilled", BlobBody.of("mine"));
        BlobSpill killed = BlobSpill.under(writer, "spill");
        for (int i = 0; i < 1500; i++) {
            killed.store("t", new byte[10]);
        }
        BlobSpill next = BlobSpill.under(writer, "spill");
        assertEquals(List.of("spilled"), keys());
        next.close();
        assertEquals(
                BlobFault.INVALID_ARGUMENT,
                assertThrows(BlobException.class, () -> BlobSpill.under(writer, "")).fault());
    }

    @Test
    void anItemThatWasChangedIsRefused() throws IOException {
        BlobSpill spill = BlobSpill.under(writer, "spill");
        String reference = spill.store("t", new byte[] {1, 2, 3});
        BlobMetadata metadata = writer.head(reference).orElseThrow().metadata();
        writer.put(reference, BlobBody.of(new byte[] {1, 2, 4}), PutOptions.with(metadata));
        IOException refusal = assertThrows(IOException.class, () -> spill.load(reference));
        assertTrue(String.valueOf(refusal.getMessage()).contains("checksum"));
    }
}
