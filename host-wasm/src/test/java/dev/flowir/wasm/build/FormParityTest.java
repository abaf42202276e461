package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Codec;
import dev.flowir.ir.CodecException;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.Type;
import dev.flowir.ir.json.JsonCodecs;
import dev.flowir.wasm.FormSource;
import dev.flowir.wasm.json.EdgeCodec;
import dev.flowir.wasm.json.FormBook;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The written forms read and write what the JVM's codec reads and writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormParityTest {

    private static final int VALUES = 1_000;
    private static final int BROKEN = 4_000;
    private static final String NOT_JSON = "DATA201";
    private static final Type<Payloads.All> ALL = Type.of(Payloads.All.class);
    private static final Type<Payloads.Shape> SHAPE = Type.of(Payloads.Shape.class);
    private static final Type<Payloads.Tiny> TINY = Type.of(Payloads.Tiny.class);
    private static final Type<List<Payloads.Circle>> CIRCLES = Type.listOf(Payloads.Circle.class);

    private final Codec<Payloads.All> jvm = JsonCodecs.strict().of(ALL);
    private URLClassLoader loader;
    private FormBook book;

    @SuppressWarnings("NullAway.Init") // made before the first test
    FormParityTest() {}

    @BeforeAll
    void write() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "forms").toAbsolutePath());
        List<Path> classPath =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(Path::of)
                        .toList();
        JavaSources.compile(
                FormWriter.write(List.of(ALL, SHAPE, CIRCLES, TINY)), classPath, folder);
        loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, FormParityTest.class.getClassLoader());
        FormSource source =
                loader.loadClass(FormWriter.SOURCE_CLASS)
                        .asSubclass(FormSource.class)
                        .getDeclaredConstructor()
                        .newInstance();
        book = source.forms();
    }

    @AfterAll
    void close() throws Exception {
        loader.close();
    }

    @Test
    void bothWriteTheSameBytesAndReadThemBack() throws Exception {
        EdgeCodec<Payloads.All> edge = book.edge(ALL);
        Random random = new Random(7);
        for (int i = 0; i < VALUES; i++) {
            Payloads.All value = Payloads.random(random);
            String text = new String(jvm.encode(value), UTF_8);
            assertEquals(text, edge.write(value));
            assertEquals(value, edge.read(text));
            assertEquals(value, jvm.decode(edge.encode(value)));
        }
    }

    @Test
    void aByteBeyondItsRangeIsRefusedAndNotWrapped() throws Exception {
        assertEquals(new Payloads.Tiny((byte) -128), book.edge(TINY).read("{\"value\":-128}"));
        for (String number : List.of("-129", "127", "128", "153", "256", "40000", "1.5", "\"1\"")) {
            String json = "{\"value\":" + number + "}";
            assertEquals(
                    outcome(JsonCodecs.strict().of(TINY), json), outcome(book.edge(TINY), json));
        }
    }

    @Test
    void nullAtTheTopIsRefusedInTheSameWords() {
        CodecException here =
                assertThrows(CodecException.class, () -> book.edge(TINY).read("null"));
        CodecException there =
                assertThrows(
                        CodecException.class,
                        () -> JsonCodecs.strict().of(TINY).decode("null".getBytes(UTF_8)));
        assertEquals(there.getMessage(), here.getMessage());
        assertTrue(here.toString().contains("null is not an object"), here::toString);
    }

    @Test
    void sealedTypesAndListsAtTheTopAreTheSame() throws Exception {
        Payloads.Shape shape =
                new Payloads.Group(
                        List.of(new Payloads.Circle(1.5)), Optional.of(new Payloads.Nothing()));
        String text = new String(JsonCodecs.strict().of(SHAPE).encode(shape), UTF_8);
        assertEquals(text, book.edge(SHAPE).write(shape));
        assertEquals(shape, book.edge(SHAPE).read(text));
        assertEquals(List.of(new Payloads.Circle(2)), book.edge(CIRCLES).read("[{\"radius\":2}]"));
    }

    @Test
    void whatIsNoNumberOfJsonIsReadAsItIsWritten() throws Exception {
        for (String text :
                List.of("NaN", "Infinity", "+Infinity", "-Infinity", "INF", "+INF", "-INF")) {
            String json = "[{\"radius\":\"" + text + "\"}]";
            List<Payloads.Circle> read = book.edge(CIRCLES).read(json);
            assertEquals(JsonCodecs.strict().of(CIRCLES).decode(json.getBytes(UTF_8)), read);
            assertEquals(read, book.edge(CIRCLES).read(book.edge(CIRCLES).write(read)));
        }
        for (String other : List.of("nan", " NaN", "-NaN", "inf", "1", "")) {
            String json = "[{\"radius\": \"" + other + "\"}]";
            assertEquals(
                    outcome(JsonCodecs.strict().of(CIRCLES), json),
                    outcome(book.edge(CIRCLES), json));
        }
    }

    /** Java's texts may have them, and a reader of JSON lets them through: so they go out, too. */
    @Test
    void halfOfASurrogatePairIsWrittenAsAnEscape() throws Exception {
        Type<JsonValue> any = Type.of(JsonValue.class);
        for (String half :
                List.of(
                        "\uD83D",
                        "a\uD83D",
                        "\uDE00b",
                        "\uDE00\uD83D",
                        "\uD83D\uD83D\uDE00\u0001",
                        "x".repeat(900) + "\uD83Dy")) {
            JsonValue value =
                    new JsonValue.Arr(
                            List.of(
                                    new JsonValue.Text(half),
                                    new JsonValue.Obj(Map.of(half, new JsonValue.Text("")))));
            String text = new String(JsonCodecs.strict().of(any).encode(value), UTF_8);
            assertEquals(text, book.edge(any).write(value));
            assertEquals(value, book.edge(any).read(text));
        }
    }

    /** Of a text with several faults that is no JSON at all, either may be told first. */
    @Test
    void whatOneRefusesTheOtherRefusesAtTheSamePlace() throws Exception {
        Random random = new Random(11);
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < BROKEN; i++) {
            String text = mutated(new String(jvm.encode(Payloads.random(random)), UTF_8), random);
            String here = outcome(book.edge(ALL), text);
            String there = outcome(jvm, text);
            boolean json = !outcome(book.edge(Type.of(JsonValue.class)), text).equals(NOT_JSON);
            boolean same = json ? here.equals(there) : !isRead(here) && !isRead(there);
            if (!same) {
                differences.add("edge: " + here + "\njvm:  " + there + "\n" + text);
            }
        }
        assertTrue(
                differences.isEmpty(),
                () ->
                        differences.size()
                                + " differences:\n"
                                + String.join("\n", differences.stream().limit(40).toList()));
    }

    private static String mutated(String text, Random random) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(1, 6));
        String[] pieces = {
            "null", "1", "-", "\"x\"", "{}", "[]", ",", "true", " ", "\n", "1.5", "\""
        };
        String piece = pieces[random.nextInt(pieces.length)];
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, at) + text.substring(to);
            case 1 -> text.substring(0, at) + piece + text.substring(at);
            case 2 -> member(text, random, piece);
            default -> text.substring(0, at) + piece + text.substring(to);
        };
    }

    /** Puts another value in the place of a member's. */
    private static String member(String text, Random random, String piece) {
        int colon = text.indexOf(':', random.nextInt(text.length()));
        int comma = colon < 0 ? -1 : text.indexOf(',', colon);
        return comma < 0 ? text : text.substring(0, colon + 1) + piece + text.substring(comma);
    }

    private static boolean isRead(String outcome) {
        return outcome.startsWith("read ");
    }

    private static <T> String outcome(Codec<T> codec, String text) {
        try {
            return "read " + codec.decode(text.getBytes(UTF_8));
        } catch (CodecException refused) {
            return refused.code().equals(NOT_JSON)
                    ? NOT_JSON
                    : refused.code()
                            + " "
                            + refused.pointer()
                            + " "
                            + refused.line()
                            + ":"
                            + refused.column()
                            + " "
                            + refused.getMessage()
                            + " | "
                            + refused.suggestion();
        }
    }

    @Test
    void blanksBetweenNamesAndValuesSayNothing() throws Exception {
        String json = "{ \"@type\" : \"Group\" ,\n\t\"parts\" : [ { \"@type\" :\n\"Nothing\" } ] }";
        assertEquals(
                new Payloads.Group(List.of(new Payloads.Nothing()), Optional.empty()),
                book.edge(SHAPE).read(json));
        assertEquals(outcome(JsonCodecs.strict().of(SHAPE), json), outcome(book.edge(SHAPE), json));
    }

    /** Not readable at the edge. */
    public record Dated(JsonValue any, Instant when) {}

    @Test
    void aTypeWithoutAFormIsRefusedByName() {
        BuildException refused =
                assertThrows(
                        BuildException.class,
                        () -> FormWriter.write(List.of(Type.of(Dated.class))));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith("Dated.when: no JSON at the edge for java.time.Instant"),
                refused::getMessage);
    }
}
