package dev.flowir.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import dev.flowir.kernel.cap.CapabilityModule;
import java.util.List;
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

    @Test
    void kv14_aStrictNodeOverKvIsWarnedOf() {
        String flow =
                """
                {"id": "91da69a8-a5ca-5a61-b7fa-094740452801", "name": "count", "version": "1.0.0",
                 "profile": "dev", "edges": [], "control_surfaces": [],
                 "nodes": [{"id": "91da69a8-a5ca-5a61-b7fa-094740452801::only", "alias": "only",
                   "identifier": "demo::only", "name": "Only", "kind": "inline",
                   "in_schema": {"kind": "opaque"}, "out_schema": {"kind": "opaque"},
                   "effects": "effectful", "determinism": "strict", "idempotency": {},
                   "determinismHints": ["resource::kv"], "effectHints": ["resource::kv::write"]}]}
                """;
        FlowReading.Read read =
                assertInstanceOf(FlowReading.Read.class, FlowJson.read(flow, "flow.json"));
        List<String> codes =
                Checker.check(read.document().flow(), HintTable.FULL).stream()
                        .map(found -> found.code().id())
                        .toList();
        assertTrue(codes.contains("DET302"), codes.toString());
    }
}
