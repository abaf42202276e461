package dev.flowir.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.HintTable;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KvModuleTest {

    @Test
    void theModuleIsFoundAndSaysWhatItsTokensCarry() {
        HintTable table =
                CapabilityModule.hints(HintTable.CORE, KvModuleTest.class.getClassLoader());
        assertEquals(Optional.of(Effects.READ_ONLY), table.effectMinimum(Kv.READ_HINT));
        assertEquals(Optional.of(Effects.EFFECTFUL), table.effectMinimum(Kv.WRITE_HINT));
        assertEquals(
                Optional.of(Determinism.BEST_EFFORT),
                table.determinismMinimum(Kv.DETERMINISM_HINT));
        assertTrue(table.isBindable(Kv.WRITE_HINT));
    }

    @Test
    void theFullTableSaysTheSame() {
        for (String id : new KvModule().bindable()) {
            assertTrue(HintTable.FULL.isBindable(id), id);
        }
        assertEquals(Optional.of(Effects.EFFECTFUL), HintTable.FULL.effectMinimum(Kv.WRITE_HINT));
    }
}
