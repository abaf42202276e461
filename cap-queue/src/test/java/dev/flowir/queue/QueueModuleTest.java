package dev.flowir.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.HintTable;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueModuleTest {

    @Test
    void theModuleIsFoundAndSaysWhatItsTokensCarry() {
        HintTable table =
                CapabilityModule.hints(HintTable.CORE, QueueModuleTest.class.getClassLoader());
        assertEquals(Optional.of(Effects.READ_ONLY), table.effectMinimum(Queues.CONSUME_HINT));
        assertEquals(Optional.of(Effects.EFFECTFUL), table.effectMinimum(Queues.PUBLISH_HINT));
        assertEquals(
                Optional.of(Determinism.BEST_EFFORT),
                table.determinismMinimum(Queues.DETERMINISM_HINT));
        assertTrue(table.isBindable(Queues.PUBLISH_HINT));
    }

    @Test
    void theFullTableSaysTheSame() {
        for (String id : new QueueModule().bindable()) {
            assertTrue(HintTable.FULL.isBindable(id), id);
        }
        assertEquals(
                Optional.of(Effects.EFFECTFUL), HintTable.FULL.effectMinimum(Queues.PUBLISH_HINT));
    }
}
