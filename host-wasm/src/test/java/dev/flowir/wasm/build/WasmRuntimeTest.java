package dev.flowir.wasm.build;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WasmRuntimeTest {

    @Test
    void thePatchedRuntimeMakesNoCodeFromText() throws Exception {
        assertTrue(WasmRuntime.original().contains("new Function("));
        assertFalse(WasmRuntime.patched().contains("new Function("));
    }

    @Test
    void noTableRemembersCallbacksThatWerePassed() throws Exception {
        assertTrue(WasmRuntime.original().contains("jsWrappers.set("));
        assertFalse(WasmRuntime.patched().contains("jsWrappers.set("));
    }

    @Test
    void aRuntimeWithAnotherTextIsRefused() throws Exception {
        String changed = WasmRuntime.original().replace("parseInt", "Number");
        BuildException refused =
                assertThrows(BuildException.class, () -> WasmRuntime.patch(changed));
        assertTrue(
                String.valueOf(refused.getMessage()).contains("has changed"), refused::getMessage);
    }
}
