package dev.flowir.ir.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The JSON parser as flows are read: strict, within {@link FlowLimits}. */
final class FlowParser {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(FlowLimits.MAX_SKIPPED_DEPTH)
                                    .maxNumberLength(FlowLimits.MAX_BYTES)
                                    .maxStringLength(FlowLimits.MAX_BYTES)
                                    .maxNameLength(FlowLimits.MAX_BYTES)
                                    .build())
                    .build();

    private FlowParser() {}

    static JsonParser open(String text) {
        return FACTORY.createParser(ObjectReadContext.empty(), text);
    }
}
