package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Code;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.journal.JournalFault;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

    static Stream<Class<?>> failures() {
        return Arrays.stream(Failure.class.getPermittedSubclasses());
    }

    @Test
    void explainsACode() {
        Shell shell = Shell.flow("explain", "dag205");
        assertEquals(0, shell.exitCode());
        assertEquals(
                """
                DAG205 (error, validation): an alias is used by more than one node

                Edges and surfaces refer to nodes by alias. With a repeated alias they mean
                the last node that has it, and the earlier ones cannot be reached.

                What to do: give each node its own alias.
                """,
                shell.out());
    }

    @Test
    void suggestsTheNearestCode() {
        Shell shell = Shell.flow("explain", "DAG206");
        assertEquals(2, shell.exitCode());
        assertTrue(shell.err().contains("did you mean DAG20"), shell.err());
        assertEquals(2, Shell.flow("explain", "nonsense").exitCode());
    }

    @Test
    void listsAllCodesOnce() {
        Shell shell = Shell.flow("explain");
        assertEquals(0, shell.exitCode());
        Set<String> ids = new HashSet<>();
        for (Code code : AllCodes.list()) {
            assertTrue(ids.add(code.id()), code.id());
            assertTrue(shell.out().contains(code.id() + " "), code.id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KV105", "QUEUE10251", "QUEUE104", "STORE101", "D1_ERROR", "HTTP413"})
    void whatCapabilitiesStoresAndHostsSayIsExplained(String code) {
        assertEquals(0, Shell.flow("explain", code).exitCode(), code);
    }

    @ParameterizedTest
    @EnumSource
    void everyFaultOfADurableRunIsExplained(JournalFault fault) {
        assertEquals(0, Shell.flow("explain", fault.code()).exitCode(), fault.code());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyFailureOfARunIsExplained(Class<?> failure) throws Exception {
        Constructor<?> constructor = failure.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        Object[] arguments =
                Arrays.stream(failure.getRecordComponents())
                        .map(ExplainCommandTest::sample)
                        .toArray();
        String code = ((Failure) constructor.newInstance(arguments)).code();
        assertEquals(0, Shell.flow("explain", code).exitCode(), code);
    }

    private static Object sample(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == String.class) {
            return "DAG200";
        }
        if (type == int.class) {
            return 1;
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == List.class) {
            return List.of();
        }
        return type == Duration.class ? Duration.ZERO : new IllegalStateException("sample");
    }
}
