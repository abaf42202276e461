package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
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
    void flowIdsEqualTheWorkedExamples(String name, String version, String id) {
        assertEquals(id, FlowIds.flowId(name, version));
    }

    @Test
    void nodeIdIsTheFlowIdAndTheAlias() {
        assertEquals(
                "17d960d7-647c-5e8a-9317-3b821bfdafe1::normalize",
                FlowIds.nodeId(FlowIds.flowId("s1_echo_flow", "1.0.0"), "normalize"));
    }

    @Test
    void digestEqualsThePlatformsForEveryPaddingLength() throws Exception {
        MessageDigest platform = MessageDigest.getInstance("SHA-1");
        for (int length = 0; length < 200; length++) {
            byte[] message = "flöde/☃😀".repeat(20).getBytes(StandardCharsets.UTF_8);
            byte[] part = Arrays.copyOf(message, length);
            assertArrayEquals(platform.digest(part), Sha1.digest(part));
        }
    }
}
