package dev.flowir.kernel.cap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Determinism;
import dev.flowir.ir.Effects;
import dev.flowir.ir.Flow;
import dev.flowir.ir.Hint;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeBody;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Flows;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import dev.flowir.kernel.Services;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;

class CapabilityModuleTest {

    /** A capability that the checker does not know by itself. */
    public static final class Mail implements CapabilityModule {
        @Override
        public String capability() {
            return "mail";
        }

        @Override
        public List<Hint> constraints() {
            return List.of(
                    Hint.determinism("resource::mail", Determinism.BEST_EFFORT),
                    Hint.effects("resource::mail::send", Effects.EFFECTFUL));
        }
    }

    /** Not a module at all. */
    public static final class Stranger {}

    private static HintTable hints(Class<?>... modules) {
        return CapabilityModule.hints(HintTable.FULL, Services.of(CapabilityModule.class, modules));
    }

    @Test
    void aModuleAddsItsHints() {
        HintTable table = hints(Mail.class);
        assertEquals(Optional.of(Effects.EFFECTFUL), table.effectMinimum("resource::mail::send"));
        assertEquals(
                Optional.of(Determinism.BEST_EFFORT),
                table.determinismMinimum("resource::mail::send"));
        assertTrue(table.isBindable("resource::mail::send"));
        assertFalse(table.isBindable("resource::mail"), "it demands nothing of effects");
        assertTrue(table.isBindable("resource::kv::read"));
    }

    @Test
    void withoutModulesTheTableStaysAsItWas() {
        HintTable table = hints();
        assertEquals(HintTable.FULL.rows(), table.rows());
        assertFalse(table.isBindable("resource::mail::send"));
    }

    @Test
    void whatAModuleDemandsIsChecked() {
        NodeBody.Single sends = (in, handles, context) -> in;
        Flow<JsonValue, JsonValue> flow =
                Flows.named("mails")
                        .node("t", Effects.READ_ONLY, sends, "resource::mail::send")
                        .flow("t", "t");
        try (Runtime strict = Runtime.builder().hints(hints(Mail.class)).build()) {
            Result.Failed<?> refused =
                    assertInstanceOf(Result.Failed.class, strict.run(flow, JsonValue.number(1)));
            Failure.InvalidFlow invalid =
                    assertInstanceOf(Failure.InvalidFlow.class, refused.failure());
            assertTrue(invalid.message().contains("resource::mail::send"), invalid::message);
        }
    }

    @Test
    void aProviderThatIsNoModuleIsNotPassedOver() {
        assertThrows(ServiceConfigurationError.class, () -> hints(Mail.class, Stranger.class));
    }
}
