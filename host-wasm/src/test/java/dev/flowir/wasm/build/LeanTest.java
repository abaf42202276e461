package dev.flowir.wasm.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class LeanTest {

    @Test
    void leavesOutWhatIsThereForPeople() {
        assertEquals(
                "const a = () => {\nreturn `// ${a}`; // what follows code stays\n};\n",
                Lean.of(
                        """
                        // A head.

                        const a = () => {
                          // inside
                          return `// ${a}`; // what follows code stays
                        };
                        """));
    }

    @Test
    void aTextOverSeveralLinesStaysAsItIs() {
        String module = "// A head.\nconst a = `\n  // part of it\n`;\n";
        assertEquals(module, Lean.of(module));
    }

    @Test
    void ourModulesAndTheCompilersAreAllMadeLean() throws Exception {
        for (String name :
                new String[] {
                    "bindings",
                    "blobs",
                    "fetching",
                    "glue",
                    "objects",
                    "platform",
                    "rates",
                    "sockets",
                    "sql"
                }) {
            String module = Resources.text(name + ".mjs");
            assertNotEquals(module, Lean.of(module), name);
        }
        String runtime = WasmRuntime.patched();
        assertNotEquals(runtime, Lean.of(runtime));
    }
}
