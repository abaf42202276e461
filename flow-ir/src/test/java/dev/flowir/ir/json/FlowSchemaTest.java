package dev.flowir.ir.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.flowir.ir.json.ConformanceCases.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlowSchemaTest {

    /** What the language of schemas cannot say: 300000.0 is an integer to it. */
    private static final Set<String> BEYOND_SCHEMAS =
            Set.of("338-parse-ttl-float.json", "11-integer-with-exponent.json");

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(FlowJson.schema());

    static List<Case> readable() {
        return ConformanceCases.all().stream()
                .filter(one -> !one.optional() && !one.full().parseError())
                .toList();
    }

    static List<Case> refused() {
        return ConformanceCases.documents().stream()
                .filter(one -> one.full().parseError() && !BEYOND_SCHEMAS.contains(one.file()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("readable")
    void takesWhatTheReaderTakes(Case one) {
        assertEquals(List.of(), SCHEMA.validate(one.text(), InputFormat.JSON));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTheReaderRefuses(Case one) {
        assertFalse(SCHEMA.validate(one.text(), InputFormat.JSON).isEmpty());
    }

    @Test
    void isAValidSchemaItself() {
        Schema meta =
                REGISTRY.getSchema(
                        SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertEquals(List.of(), meta.validate(FlowJson.schema(), InputFormat.JSON));
    }

    @Test
    void theCopyForEditorsIsCurrent() throws IOException {
        assertEquals(
                FlowJson.schema() + "\n",
                Files.readString(Path.of("../docs/flow-ir.schema.json")),
                "write FlowJson.schema() to docs/flow-ir.schema.json");
    }
}
