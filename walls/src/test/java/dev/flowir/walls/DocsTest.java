package dev.flowir.walls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Java code in README and docs compiles, or is quoted from code that does; links lead. */
class DocsTest {

    @TestFactory
    Stream<DynamicTest> everyPageCompiles(@TempDir Path folder) throws IOException {
        Path root = House.root();
        return pages(root).stream()
                .map(page -> DynamicTest.dynamicTest(page, () -> compiles(root, page, folder)));
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        Path root = House.root();
        return pages(root).stream()
                .map(page -> DynamicTest.dynamicTest(page, () -> linksLead(root, page)));
    }

    /** A number means one decision, in the folder and in the page's first line. */
    @Test
    void everyDecisionHasItsNumber() throws IOException {
        List<String> numbers = new ArrayList<>();
        try (Stream<Path> decisions = Files.list(House.root().resolve("docs/adr"))) {
            for (Path decision : decisions.sorted().toList()) {
                String number = decision.getFileName().toString().substring(0, 4);
                assertTrue(
                        Files.readString(decision).startsWith("# " + number + ": "),
                        decision + " does not begin with its number");
                assertFalse(numbers.contains(number), number + " is there twice: " + decision);
                numbers.add(number);
            }
        }
        assertTrue(numbers.size() > 20, "where did the decisions go?");
    }

    /**
     * "A capability and a provider in less than 120 lines": what the page quotes as code to write.
     */
    @Test
    void aCapabilityIsWrittenInLessThan120Lines() throws IOException {
        Path root = House.root();
        Page page = Page.of(Files.readString(root.resolve("docs/write-a-capability.md")));
        List<String> sources =
                page.quotes().stream()
                        .map(Page.Quote::file)
                        .filter(file -> file.contains("/src/main/"))
                        .distinct()
                        .toList();
        assertTrue(sources.size() >= 4, "tokens, provider, module, descriptor: " + sources);
        List<String> code = new ArrayList<>();
        for (String source : sources) {
            Files.readAllLines(root.resolve(source)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !isComment(line))
                    .forEach(code::add);
        }
        assertTrue(code.size() < 120, code.size() + " lines of code in " + sources);
    }

    private static boolean isComment(String line) {
        return line.startsWith("//") || line.startsWith("/*") || line.startsWith("*");
    }

    private static List<String> pages(Path root) throws IOException {
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        try (Stream<Path> top = Files.list(root)) {
            top.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        assertFalse(pages.isEmpty());
        return pages.stream().map(page -> root.relativize(page).toString()).toList();
    }

    private static void linksLead(Path root, String page) throws IOException {
        Path file = root.resolve(page);
        assertEquals(List.of(), Links.complaints(file.resolveSibling("."), Files.readString(file)));
    }

    private static void compiles(Path root, String page, Path folder) throws IOException {
        String text = Files.readString(root.resolve(page));
        assertEquals(List.of(), complaints(root, text, folder.resolve(page)));
    }

    private static List<String> complaints(Path root, String text, Path folder) throws IOException {
        Page page = Page.of(text);
        List<String> complaints = new ArrayList<>(page.complaints());
        if (!page.units().isEmpty()) {
            complaints.addAll(JavaSources.compile(page.units(), folder));
        }
        for (Page.Quote quote : page.quotes()) {
            Path file = root.resolve(quote.file());
            if (!Files.exists(file)) {
                complaints.add("line " + quote.line() + ": no file " + quote.file());
            } else if (!Page.stands(quote.text(), Files.readAllLines(file))) {
                complaints.add("line " + quote.line() + ": does not stand in " + quote.file());
            }
        }
        return complaints;
    }

    @Test
    void aWholeTypeThatCompilesIsFine(@TempDir Path folder) throws IOException {
        String page =
                """
                ```java
                import dev.flowir.ir.JsonValue;
                record Greeting(JsonValue text) {}
                ```
                and later
                ```java
                class Uses {
                    Greeting greeting;
                }
                ```
                ```text
                not looked at
                ```
                """;
        assertEquals(List.of(), complaints(House.root(), page, folder));
    }

    @Test
    void aTypeThatDoesNotCompileIsNamed(@TempDir Path folder) throws IOException {
        String page = "```java\nclass Wrong {\n    Missing it;\n}\n```\n";
        List<String> complaints = complaints(House.root(), page, folder);
        assertEquals(1, complaints.size());
        assertTrue(complaints.get(0).startsWith("Wrong.java:2: "), complaints::toString);
    }

    @Test
    void aFragmentThatIsNoQuoteIsNamed(@TempDir Path folder) throws IOException {
        assertEquals(
                List.of("line 2: neither a whole type nor a quote"),
                complaints(House.root(), "\n```java\nint i = 0;\n```\n", folder));
    }

    @Test
    void aQuoteStandsInItsFileOrIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("A.java"), "class A {\n\n    int a;\n    int b;\n}\n");
        assertEquals(List.of(), complaints(folder, quote("A.java", "int a;\nint b;"), folder));
        assertEquals(
                List.of("line 2: does not stand in A.java"),
                complaints(folder, quote("A.java", "int b;\nint a;"), folder));
        assertEquals(
                List.of("line 2: no file B.java"),
                complaints(folder, quote("B.java", "int b;"), folder));
    }

    @Test
    void aLinkThatLeadsNowhereIsNamed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("there.md"), "");
        String page = "[a](there.md#part) [b](https://example.org/x) [c](#part)\n[d](gone.md)\n";
        assertEquals(List.of("line 2: no file gone.md"), Links.complaints(folder, page));
    }

    private static String quote(String file, String text) {
        return "<!-- from: " + file + " -->\n```java\n" + text + "\n```\n";
    }
}
