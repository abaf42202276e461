package dev.flowir.ir.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Severity;
import dev.flowir.ir.json.ConformanceCases.Case;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever comes in, a verdict comes out: a flow that was checked, or a refusal with a place. */
class MutationTest {

    private static final int MUTATIONS_PER_CASE = 40;

    @Test
    void everyMutationHasAVerdict() {
        List<Case> cases = ConformanceCases.all();
        int read = 0;
        int refused = 0;
        for (int c = 0; c < cases.size(); c++) {
            for (int m = 0; m < MUTATIONS_PER_CASE; m++) {
                long seed = c * 1_000_003L + m;
                String text = new Mutations(seed).mutate(cases.get(c).text());
                try {
                    if (hasFlow(text)) {
                        read++;
                    } else {
                        refused++;
                    }
                } catch (RuntimeException | AssertionError failure) {
                    throw new AssertionError(
                            "seed " + seed + " of " + cases.get(c).file() + ": " + text, failure);
                }
            }
        }
        assertTrue(read > 1_000 && refused > 1_000, read + " read, " + refused + " refused");
    }

    private static boolean hasFlow(String text) {
        return switch (FlowJson.read(text.getBytes(StandardCharsets.UTF_8), "m")) {
            case FlowReading.Refused refused -> {
                assertEquals(Severity.ERROR, refused.error().severity());
                requireHelpful(refused.error());
                yield false;
            }
            case FlowReading.Read read -> {
                List<Diagnostic> found = read.document().check(HintTable.FULL);
                found.forEach(MutationTest::requireHelpful);
                requireErrorsFirst(found);
                FlowDefinition flow = read.document().flow();
                FlowReading again = FlowJson.read(FlowJson.write(flow), "");
                assertEquals(
                        flow, assertInstanceOf(FlowReading.Read.class, again).document().flow());
                yield true;
            }
        };
    }

    private static void requireHelpful(Diagnostic one) {
        assertTrue(one.location().position().isPresent(), one::toString);
        assertFalse(one.message().isBlank(), one::toString);
        assertFalse(one.suggestion().isBlank(), one::toString);
    }

    private static void requireErrorsFirst(List<Diagnostic> found) {
        boolean warned = false;
        for (Diagnostic one : found) {
            assertFalse(warned && one.severity() == Severity.ERROR, found::toString);
            warned |= one.severity() == Severity.WARNING;
        }
    }
}
