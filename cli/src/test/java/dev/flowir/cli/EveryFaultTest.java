package dev.flowir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.StoreFaults;
import dev.flowir.ir.Retriable;
import dev.flowir.ir.check.Location;
import dev.flowir.kernel.cap.Classified;
import dev.flowir.kernel.cap.FaultKind;
import dev.flowir.store.StoreFault;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code of every {@code *Fault} of any module has a kind, and the kind keeps its word. */
class EveryFaultTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final int AT_LEAST = 20;

    /** Codes of which somebody says otherwise than the kind, and why. */
    private static final Map<String, String> OTHERWISE =
            Map.of(
                    "OBJ201", "retryable() is of stubs, which repeat at once; that makes it worse",
                    "TOOL301", "made without the call that it comes from, it knows of no repeat");

    /** What is the same for callers, whoever they call. */
    private static final Map<String, FaultKind> SITUATIONS =
            new TreeMap<>(
                    Map.of(
                            "BLOB301 D1:DISK_FULL STORE303 REDIS301 BUCKET301 QUEUE10251",
                            FaultKind.FULL,
                            "BLOB202 D1:UNAVAILABLE STORE202 REDIS103 BUCKET103 QUEUE112 OBJ206"
                                    + " DUR305 CALL110 GUEST206",
                            FaultKind.CLOSED,
                            "REDIS101 BUCKET101 CALL202 CALL203",
                            FaultKind.UNAVAILABLE,
                            "KV114 QUEUE10250 RATE103 STORE201 D1:OVERLOADED REDIS102 BUCKET102"
                                    + " CALL107 CALL109 OBJ201 MODEL301 TOOL301",
                            FaultKind.THROTTLED,
                            "KV101 BLOB101 QUEUE102 OBJ101 DEDUP101 RATE101 CACHE103 SECR101",
                            FaultKind.INVALID,
                            "KV105 BLOB104 QUEUE10204 OBJ105 MODEL102 DUR201 STORE307 CALL105",
                            FaultKind.TOO_LARGE,
                            "BLOB203 D1:INTERRUPTED STORE204 QUEUE111 REDIS202 BUCKET202 OBJ203"
                                    + " CALL209 MODEL202 TOOL202",
                            FaultKind.CANCELLED,
                            "D1:UNKNOWN_OUTCOME STORE301 REDIS201 BUCKET201 CALL210 DUR310",
                            FaultKind.UNKNOWN_OUTCOME,
                            "REDIS104 BUCKET104 BLOB141 MODEL305 TOOL302 CALL102",
                            FaultKind.DENIED,
                            "KV118 BLOB303 STORE105 LOG105 LOG106 DUR101 BIND103",
                            FaultKind.CORRUPT));

    /** What a fault is, and what an exception of it says. */
    private record Told(Enum<?> fault, FaultKind kind, List<Boolean> retriable) {

        String id() {
            String code = String.valueOf(invoke(fault, "code"));
            return code.startsWith("D1_") ? "D1:" + fault.name() : code;
        }
    }

    private enum BareFault {
        BARE
    }

    @Test
    void everyCodeHasAKindThatItsExceptionSays() throws Exception {
        List<Class<?>> faults = faults();
        assertTrue(faults.size() >= AT_LEAST, faults::toString);
        List<String> wrong = new ArrayList<>();
        for (Class<?> fault : faults) {
            wrong.addAll(complaints(fault));
        }
        assertEquals(List.of(), wrong);
        assertEquals(List.of("BareFault has no kind()"), complaints(BareFault.class));
    }

    @Test
    void whatIsRetriedIsWhatItsKindAllows() throws Exception {
        Set<String> wrong = new TreeSet<>();
        for (Told told : told()) {
            for (boolean says : told.retriable()) {
                if (disagree(told.kind(), says)) {
                    wrong.add(told.id());
                }
            }
        }
        assertEquals(OTHERWISE.keySet(), wrong);
        assertTrue(disagree(FaultKind.INVALID, true));
        assertTrue(disagree(FaultKind.UNAVAILABLE, false));
    }

    @Test
    void theSameSituationHasTheSameKindWithEveryProvider() throws Exception {
        Map<String, FaultKind> kinds = new TreeMap<>();
        told().forEach(it -> kinds.put(it.id(), it.kind()));
        SITUATIONS.forEach((codes, kind) ->
                Arrays.stream(codes.split(" "))
                        .forEach(it -> assertEquals(kind, kinds.get(it), it)));
    }

    @Test
    void everyKindIsMet() throws Exception {
        Set<FaultKind> met = EnumSet.noneOf(FaultKind.class);
        told().forEach(it -> met.add(it.kind()));
        assertEquals(EnumSet.allOf(FaultKind.class), met);
    }

    /** What may not have happened and passes is tried again; what does not pass is not. */
    private static boolean disagree(FaultKind kind, boolean says) {
        return says ? !kind.isRetriable() : kind.isRetriable() && !kind.mayHaveHappened();
    }

    private static List<Told> told() throws Exception {
        List<Told> all = new ArrayList<>();
        for (Class<?> type : faults()) {
            for (Object constant : type.getEnumConstants()) {
                List<Boolean> says = new ArrayList<>();
                for (String name : List.of("isRetriable", "retryable")) {
                    if (has(type, name)) {
                        says.add((Boolean) invoke(constant, name));
                    }
                }
                if (thrown(type, constant) instanceof Retriable it) {
                    says.add(it.isRetriable());
                }
                all.add(new Told((Enum<?>) constant, kind(constant), says));
            }
        }
        return all;
    }

    private static List<String> complaints(Class<?> type) throws Exception {
        List<String> wrong = new ArrayList<>();
        if (type != StoreFault.class && !has(type, "kind")) {
            return List.of(type.getSimpleName() + " has no kind()");
        }
        for (Object constant : type.getEnumConstants()) {
            Throwable thrown = thrown(type, constant);
            Optional<FaultKind> said =
                    type == StoreFault.class ? StoreFaults.kindOf(thrown) : FaultKind.of(thrown);
            if (!said.equals(Optional.of(kind(constant)))
                    || (type != StoreFault.class && !(thrown instanceof Classified))) {
                wrong.add(thrown + " says " + said);
            }
        }
        return wrong;
    }

    private static FaultKind kind(Object fault) {
        return fault instanceof StoreFault store
                ? StoreFaults.kind(store)
                : (FaultKind) invoke(fault, "kind");
    }

    private static boolean has(Class<?> type, String method) {
        return Arrays.stream(type.getMethods()).anyMatch(it -> it.getName().equals(method));
    }

    private static Object invoke(Object target, String name) {
        try {
            Method method = target.getClass().getMethod(name);
            return method.invoke(target);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** An exception of a fault, made by the shortest way there is. */
    private static Throwable thrown(Class<?> type, Object fault) throws Exception {
        Constructor<?> shortest =
                Arrays.stream(exception(type).getDeclaredConstructors())
                        .filter(it -> it.getParameterCount() > 1)
                        .filter(it -> it.getParameterTypes()[0] == type)
                        .min(Comparator.comparingInt(Constructor::getParameterCount))
                        .orElseThrow();
        shortest.setAccessible(true);
        Object[] with =
                Arrays.stream(shortest.getParameterTypes()).map(it -> some(it, fault)).toArray();
        return (Throwable) shortest.newInstance(with);
    }

    private static Class<?> exception(Class<?> type) throws ClassNotFoundException {
        String name = type.getName().replaceAll("Fault$", "");
        try {
            return Class.forName(name + "Exception");
        } catch (ClassNotFoundException e) {
            return Class.forName(name + "CallException"); // S3Exception is the library's
        }
    }

    private static Object some(Class<?> type, Object fault) {
        if (type.isInstance(fault)) {
            return fault;
        } else if (type == String.class) {
            return "what happened";
        } else if (type == Duration.class) {
            return Duration.ZERO;
        } else if (type == Location.class) {
            return Location.of("");
        }
        return null;
    }

    private static List<Class<?>> faults() throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(ROOT)) {
            names =
                    files.map(file -> ROOT.relativize(file).toString())
                            .filter(it -> it.matches("([\\w-]+/){1,3}src/main/java/.*Fault\\.java"))
                            .map(it -> it.replaceAll("^.*src/main/java/|\\.java$", ""))
                            .map(it -> it.replace('/', '.'))
                            .sorted()
                            .toList();
        }
        List<Class<?>> faults = new ArrayList<>();
        for (String name : names) {
            faults.add(Class.forName(name));
        }
        return faults;
    }
}
