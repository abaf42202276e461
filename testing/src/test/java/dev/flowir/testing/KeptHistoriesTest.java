package dev.flowir.testing;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.durable.HistoryFile;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.SurfaceKind;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.kernel.cap.Capabilities;
import dev.flowir.kernel.journal.Entry;
import dev.flowir.kernel.journal.JournalException;
import dev.flowir.kernel.journal.JournalFault;
import dev.flowir.kernel.journal.RecordCodec;
import dev.flowir.testing.KeptSurfaces.Surface;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Histories of every release replay with the code of today. A release adds a folder, written by
 * {@link RecordHistories}; files of releases are never changed.
 */
class KeptHistoriesTest {

    static final Path HISTORIES = Path.of("src/test/resources/histories");

    private static final Pattern VERSION = Pattern.compile("<version>([0-9.]+)(-SNAPSHOT)?<");

    /** A file that was kept, and what it is a history of. */
    record Kept(Path file, String text) {

        Surface surface() {
            String name = file.getFileName().toString().replace(".history", "");
            return KeptSurfaces.all().stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no surface of " + file));
        }

        int replay() {
            return HistoryFile.replay(text, Capabilities.of(new Outside()), surface().flow());
        }

        @Override
        public String toString() {
            return HISTORIES.relativize(file).toString();
        }
    }

    static String release() throws IOException {
        Matcher version = VERSION.matcher(Files.readString(Path.of("../pom.xml")));
        assertTrue(version.find());
        return version.group(1);
    }

    static List<Kept> all() throws IOException {
        List<Kept> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(HISTORIES)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.add(new Kept(file, Files.readString(file)));
            }
        }
        return all;
    }

    private static List<Kept> ofThisRelease() throws IOException {
        String release = release();
        return all().stream().filter(it -> it.toString().startsWith(release + "/")).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void itReplays(Kept kept) {
        assertEquals(kept.text().lines().count() - 1, kept.replay());
    }

    @Test
    void everySurfaceHasAHistoryOfThisRelease() throws IOException {
        Set<String> wanted = KeptSurfaces.all().stream().map(Surface::name).collect(toSet());
        Set<String> found =
                ofThisRelease().stream().map(it -> it.surface().name()).collect(toSet());
        assertEquals(
                wanted,
                found,
                "a surface without a history, or a release without a folder: see RecordHistories");
    }

    /** A new kind of entry or of control surface must come with a run that is kept. */
    @Test
    void everyKindOfEntryAndControlIsInAHistory() throws IOException {
        Set<String> entries = new TreeSet<>();
        for (Kept kept : ofThisRelease()) {
            entries(kept).forEach(entry -> entries.add(entry.getClass().getSimpleName()));
        }
        Set<String> wanted =
                Arrays.stream(Entry.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(toSet());
        assertEquals(wanted, entries);
        Set<SurfaceKind> kinds =
                KeptSurfaces.all().stream()
                        .flatMap(it -> it.flow().definition().controlSurfaces().stream())
                        .map(it -> it.kind())
                        .collect(toSet());
        assertEquals(Set.of(SurfaceKind.values()), kinds);
    }

    private static List<Entry> entries(Kept kept) {
        List<Map<String, JsonValue>> lines =
                kept.text().lines().map(KeptHistoriesTest::members).toList();
        Map<String, JsonValue> head = lines.get(0);
        String seed = text(head, "run") + "#" + text(head, "generation");
        RecordCodec codec = RecordCodec.withoutFlow(text(head, "plan"), seed);
        return lines.stream()
                .skip(1)
                .map(line -> codec.read(Base64.getDecoder().decode(text(line, "bytes"))).entry())
                .toList();
    }

    private static Map<String, JsonValue> members(String line) {
        try {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            JsonValue value = JsonCodecs.strict().of(Type.of(JsonValue.class)).decode(bytes);
            return ((JsonValue.Obj) value).members();
        } catch (CodecException e) {
            throw new AssertionError(line, e);
        }
    }

    private static String text(Map<String, JsonValue> members, String key) {
        return switch (members.get(key)) {
            case JsonValue.Text text -> text.value();
            case JsonValue.Num number -> number.text();
            case null, default -> throw new AssertionError("no " + key);
        };
    }

    /** What is recorded today tells the same story as what was kept, byte by byte or not. */
    @ParameterizedTest
    @MethodSource("dev.flowir.testing.KeptSurfaces#all")
    void whatIsRecordedTodayTellsTheSame(Surface surface) throws IOException {
        Path file = HISTORIES.resolve(release()).resolve(surface.name() + ".history");
        assertEquals(story(Files.readString(file)), story(surface.record()));
    }

    private static List<String> story(String text) {
        return text.lines()
                .skip(1)
                .map(KeptHistoriesTest::members)
                .map(line -> text(line, "at") + " " + text(line, "what") + line.get("began"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsRefusedWhenItsFirstRecordIsGone(Kept kept) {
        List<String> lines = new ArrayList<>(kept.text().lines().toList());
        lines.remove(1);
        Kept touched = new Kept(kept.file(), String.join("\n", lines));
        JournalException refused = assertThrows(JournalException.class, touched::replay);
        assertEquals(JournalFault.DAMAGED, refused.fault());
        assertTrue(refused.detail().contains("record 1"), refused.detail());
    }
}
