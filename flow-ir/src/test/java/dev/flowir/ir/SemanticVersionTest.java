package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0",
                "1.0.0",
                "18446744073709551615.0.18446744073709551615",
                "1.0.0-alpha",
                "1.0.0-0",
                "1.0.0-0a",
                "1.0.0-rc.1",
                "1.0.0--",
                "1.0.0-99999999999999999999999999",
                "1.0.0+001",
                "1.0.0+a-b.0",
                "1.0.0-x.7.z.92+exp.sha.5114f85"
            })
    void takesStrictVersions(String text) {
        Assertions.assertEquals(Optional.empty(), SemanticVersion.problem(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.0",
                "1.0.0.0",
                "1.0.",
                ".1.0",
                "1..0",
                "v1.0.0",
                "V1.0.0",
                "1.02.0",
                "01.0.0",
                "00.0.0",
                "1.0.0-",
                "1.0.0+",
                "1.0.0-+b",
                "1.0.0-01",
                "1.0.0-a..b",
                "1.0.0-a.",
                "1.0.0+a..b",
                "1.0.0+a+b",
                "1.0.0-a_b",
                "1.0.0-ä",
                " 1.0.0",
                "1.0.0 ",
                "1.0.0\n",
                "+1.0.0",
                "-1.0.0",
                "1.-1.0",
                "1.x.0",
                "*",
                "^1.0.0",
                "1.0.18446744073709551616",
                "１.0.0"
            })
    void refusesEverythingElse(String text) {
        assertTrue(SemanticVersion.problem(text).isPresent());
    }
}
