package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
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

    /** The order of the examples in section 11 of the specification, and its edges. */
    @Test
    void precedence() {
        List<String> inOrder =
                List.of(
                        "0.9.9",
                        "1.0.0-1",
                        "1.0.0-2",
                        "1.0.0-10",
                        "1.0.0-alpha",
                        "1.0.0-alpha.1",
                        "1.0.0-alpha.beta",
                        "1.0.0-beta",
                        "1.0.0-beta.2",
                        "1.0.0-beta.11",
                        "1.0.0-rc.1",
                        "1.0.0",
                        "1.0.1",
                        "1.2.0",
                        "1.10.0",
                        "2.0.0",
                        "18446744073709551615.0.0");
        for (int i = 0; i < inOrder.size(); i++) {
            for (int k = 0; k < inOrder.size(); k++) {
                assertEquals(
                        Integer.signum(Integer.compare(i, k)),
                        Integer.signum(SemanticVersion.compare(inOrder.get(i), inOrder.get(k))),
                        inOrder.get(i) + " and " + inOrder.get(k));
            }
        }
        assertEquals(0, SemanticVersion.compare("1.0.0+a", "1.0.0+b"));
    }
}
