package dev.flowir.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.HintTable;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class BlobModuleTest {

    @Test
    void isFoundAndNamesItsHints() {
        CapabilityModule found =
                ServiceLoader.load(CapabilityModule.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(module -> module.capability().equals(Blobs.CAPABILITY))
                        .findFirst()
                        .orElseThrow();
        assertEquals(BlobModule.class, found.getClass());
        assertTrue(found.bindable().contains(Blobs.reader("b").effectHints().get(0)));
        assertTrue(found.bindable().contains(Blobs.writer("b").effectHints().get(0)));
        HintTable.FULL.with(found.constraints().get(0));
    }
}
