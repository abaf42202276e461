package dev.flowir.ir.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.json.FlowJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CodesTest {

    private static final Set<String> OF_THE_REFERENCE =
            Set.of(
                    "DAG004",
                    "DAG104",
                    "DAG200",
                    "DAG201",
                    "DAG202",
                    "DAG205",
                    "EFFECT201",
                    "DET302",
                    "EXACT001",
                    "EXACT002",
                    "EXACT003",
                    "CTRL101",
                    "CTRL102",
                    "CTRL110",
                    "CTRL111",
                    "CTRL112",
                    "CTRL120",
                    "CTRL121",
                    "CTRL122",
                    "CTRL130",
                    "CTRL131",
                    "CTRL132",
                    "SPILL001",
                    "SPILL002");

    @Test
    void errorsAreExactlyThoseOfTheReference() {
        Set<String> errors = new HashSet<>();
        for (Code code : Codes.all()) {
            if (code.severity() == Severity.ERROR) {
                errors.add(code.id());
            }
        }
        assertEquals(OF_THE_REFERENCE, errors);
    }

    @Test
    void everyCodeIsExplainedAndNamedOnce() {
        List<Code> all = new ArrayList<>(Codes.all());
        all.addAll(FlowJson.codes());
        Set<String> ids = new HashSet<>();
        for (Code code : all) {
            assertTrue(ids.add(code.id()), code.id());
            assertFalse(code.summary().isBlank(), code.id());
            assertTrue(code.explanation().length() > 20, code.id());
            assertFalse(code.suggestion().isBlank(), code.id());
        }
    }

    @Test
    void findsByExactId() {
        assertEquals(Optional.of(Codes.DAG205), Codes.find("DAG205"));
        assertEquals(Optional.empty(), Codes.find("dag205"));
    }
}
