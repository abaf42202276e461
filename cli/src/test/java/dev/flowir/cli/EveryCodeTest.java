package dev.flowir.cli;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.check.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every code that stands in the sources of any module is one that {@code flow explain} knows. */
class EveryCodeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern CODE = Pattern.compile("\"([A-Z]{2,9}\\d{3})\"");

    @Test
    void everyCodeIsExplained() throws IOException {
        Set<String> explained = AllCodes.list().stream().map(Code::id).collect(toSet());
        Set<String> written = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.map(ROOT::relativize)
                    .filter(file ->
                            file.toString().matches("([\\w-]+/){1,3}src/main/java/.*\\.java"))
                    .map(ROOT::resolve)
                    .map(EveryCodeTest::text)
                    .flatMap(text -> CODE.matcher(text).results())
                    .forEach(found -> written.add(found.group(1)));
        }
        assertTrue(written.contains("KV101"), "sources were not found below " + ROOT);
        written.removeAll(explained);
        assertEquals(Set.of(), written, "not known to flow explain");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
