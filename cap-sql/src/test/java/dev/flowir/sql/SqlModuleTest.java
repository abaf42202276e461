package dev.flowir.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.HintTable;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlModuleTest {

    @Test
    void theModuleIsFoundAndSaysWhatItsTokensCarry() {
        HintTable table =
                CapabilityModule.hints(HintTable.CORE, SqlModuleTest.class.getClassLoader());
        assertEquals(
                Optional.of(Effects.READ_ONLY),
                table.effectMinimum(Sql.reader("db").effectHints().get(0)));
        assertEquals(
                Optional.of(Effects.EFFECTFUL),
                table.effectMinimum(Sql.writer("db").effectHints().get(0)));
        assertEquals(
                Optional.of(Determinism.BEST_EFFORT),
                table.determinismMinimum(Sql.reader("db").determinismHints().get(0)));
        assertTrue(table.isBindable(Sql.READ_HINT));
    }

    @Test
    void theFullTableSaysTheSame() {
        for (String id : new SqlModule().bindable()) {
            assertTrue(HintTable.FULL.isBindable(id));
        }
        assertEquals(HintTable.FULL.effectMinimum(Sql.WRITE_HINT), Optional.of(Effects.EFFECTFUL));
    }
}
