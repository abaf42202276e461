package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowIdsTest {

    @ParameterizedTest
    @CsvSource({
        "s1_echo_flow, 1.0.0, 17d960d7-647c-5e8a-9317-3b821bfdafe1",
        "s4_preflight_flow, 1.0.0, 2d25af79-7d05-5ede-b8e3-b3698f01adf5",
        "s6_spill_flow, 1.0.0, 46d6e4de-06d8-549b-99c1-faf7981fc91c",
        "orders, 2.1.0-rc.1+build.5, 2465cb89-f589-535f-9fdf-85424abff07d",
        "flöde/☃, 0.1.0, be575dcf-e4dd-50e9-9288-6a8b06afb746"
    })
    void workedExamples(String name, String version, String expected) {
        assertEquals(expected, FlowIds.flowId(name, version));
        assertEquals(expected + "::normalize", FlowIds.nodeId(expected, "normalize"));
    }
}
