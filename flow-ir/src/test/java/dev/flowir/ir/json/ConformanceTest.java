package dev.flowir.ir.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.HintTable;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Position;
import dev.flowir.ir.check.Severity;
import dev.flowir.ir.json.ConformanceCases.Case;
import dev.flowir.ir.json.ConformanceCases.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceTest {

    static List<Case> cases() {
        return ConformanceCases.all().stream().filter(one -> !one.optional()).toList();
    }

    @Test
    void theSetIsComplete() {
        assertEquals(211, ConformanceCases.documents().size());
        assertEquals(11, ConformanceCases.raw().size());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void verdictUnderAllHints(Case one) {
        check(one, one.full(), HintTable.FULL);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void verdictUnderTheReferencesHints(Case one) {
        check(one, one.core().orElse(one.full()), HintTable.CORE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFindingHasAPlaceAndASuggestion(Case one) {
        List<Diagnostic> found =
                switch (FlowJson.read(one.text(), one.file())) {
                    case FlowReading.Refused refused -> List.of(refused.error());
                    case FlowReading.Read read -> read.document().check(HintTable.FULL);
                };
        for (Diagnostic diagnostic : found) {
            Position position = diagnostic.location().position().orElseThrow();
            assertTrue(position.line() >= 1 && position.column() >= 1, diagnostic.toString());
            assertFalse(diagnostic.suggestion().isBlank(), diagnostic.toString());
            assertFalse(diagnostic.message().isBlank(), diagnostic.toString());
        }
    }

    private static void check(Case one, Verdict verdict, HintTable hints) {
        FlowReading reading = FlowJson.read(one.text().getBytes(StandardCharsets.UTF_8));
        if (verdict.parseError()) {
            assertInstanceOf(FlowReading.Refused.class, reading);
            return;
        }
        FlowReading.Read read = assertInstanceOf(FlowReading.Read.class, reading);
        List<Diagnostic> found = read.document().check(hints);
        List<String> codes = new ArrayList<>();
        for (Diagnostic diagnostic : found) {
            if (diagnostic.severity() == Severity.ERROR) {
                codes.add(diagnostic.code().id());
            }
        }
        if (verdict.order().isPresent()) {
            assertEquals(verdict.order().get(), codes);
        }
        assertEquals(verdict.codes().stream().sorted().toList(), codes.stream().sorted().toList());
        assertEquals(verdict.valid(), Checker.isValid(found));
    }
}
