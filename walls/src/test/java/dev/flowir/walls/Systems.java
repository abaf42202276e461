package dev.flowir.walls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The systems' rows and the tests that show them, as {@code docs/systems.md} and the pages that it
 * names have them. It is also a program, {@code ./systems}, and so needs nothing but a JDK: {@code
 * plan} says what Maven is to run, {@code print} reads what came of it.
 */
final class Systems {

    /** The page that names the others. */
    static final String PAGE = "docs/systems.md";

    /** Begins the third column of a row that nothing shows. */
    private static final String NOT_DONE = "not done";

    private static final Pattern TABLE_AT =
            Pattern.compile("^\\| \\d{3} \\|.*\\]\\(\\.\\./([^)]+)\\)");
    private static final Pattern ROW =
            Pattern.compile("^\\| (\\d\\.\\d+)? *\\| ([^|]*) \\| ([^|]*) \\|$");

    /** A test: a method, a class with one, or all of a class; perhaps of another module. */
    private static final Pattern TEST =
            Pattern.compile("`(?:([a-z-]+(?:/[a-z-]+)?):)?([A-Z]\\w+)?(?:\\.?([a-z]\\w+))?`");

    private static final Pattern CASE =
            Pattern.compile("<testcase name=\"([^\"]+)\" classname=\"([^\"]+)\"[^>]*?(/?)>");

    private final Path root;

    Systems(Path root) {
        this.root = root;
    }

    /**
     * A test that a row names.
     *
     * @param module folder of its module
     * @param type simple name of its class; empty for any class of the module
     * @param method its name; empty for all of the class
     */
    record Shown(String module, String type, String method) {

        boolean is(Ran test) {
            return (type.isEmpty() || type.equals(test.type()))
                    && (method.isEmpty() || method.equals(test.method()));
        }

        @Override
        public String toString() {
            return module + ": " + type + (type.isEmpty() ? "" : ".") + method;
        }
    }

    /**
     * A row of a table.
     *
     * @param number such as {@code 1.5}
     * @param says what it is about
     * @param tests that show it; none for a row that is not done
     * @param missing why it is not done; empty when it is
     */
    record Row(String number, String says, List<Shown> tests, String missing) {}

    /**
     * What came of a test.
     *
     * @param type simple name of its class
     * @param method its name, without parameters
     * @param passed whether it ran and did not fail
     */
    record Ran(String type, String method, boolean passed) {}

    /** The pages that have tables. */
    List<String> pages() throws IOException {
        List<String> pages = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve(PAGE))) {
            Matcher named = TABLE_AT.matcher(line);
            if (named.find()) {
                pages.add(named.group(1));
            }
        }
        pages.add(PAGE);
        return pages;
    }

    /** All rows, in the order of the pages. */
    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String page : pages()) {
            String folder = page.substring(0, page.lastIndexOf('/'));
            String last = "";
            for (String line : Files.readAllLines(root.resolve(page))) {
                Matcher row = ROW.matcher(line);
                if (row.matches() && (row.group(1) != null || !last.isEmpty())) {
                    last = row.group(1) == null ? last : row.group(1);
                    rows.add(row(folder, last, row.group(2).strip(), row.group(3).strip()));
                } else {
                    last = "";
                }
            }
        }
        return rows;
    }

    private static Row row(String folder, String number, String says, String shown) {
        List<Shown> tests = new ArrayList<>();
        if (!shown.startsWith(NOT_DONE)) {
            for (MatchResult test : TEST.matcher(shown).results().toList()) {
                tests.add(
                        new Shown(
                                Optional.ofNullable(test.group(1)).orElse(folder),
                                Optional.ofNullable(test.group(2)).orElse(""),
                                Optional.ofNullable(test.group(3)).orElse("")));
            }
        }
        return new Row(number, says, tests, tests.isEmpty() ? shown : "");
    }

    /** The sources of a module's tests, by simple names of classes. */
    Map<String, String> sources(String module) throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/test/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                String name = file.getFileName().toString();
                sources.put(name.substring(0, name.length() - 5), Files.readString(file));
            }
        }
        return sources;
    }

    /** Whether a test is there. */
    boolean exists(Shown test) throws IOException {
        if (!Files.isDirectory(root.resolve(test.module()).resolve("src/test/java"))) {
            return false;
        }
        Map<String, String> sources = sources(test.module());
        if (!test.type().isEmpty() && !sources.containsKey(test.type())) {
            return false;
        }
        return test.method().isEmpty()
                || sources.values().stream()
                        .anyMatch(source -> source.contains("void " + test.method() + "("));
    }

    /** What Maven is to run: modules, then patterns of classes. */
    List<String> plan() throws IOException {
        Set<String> modules = new LinkedHashSet<>();
        Set<String> classes = new TreeSet<>();
        for (Row row : rows()) {
            for (Shown test : row.tests()) {
                modules.add(test.module());
                if (test.module().startsWith("examples/")) {
                    classes.add("dev/flowir/examples/**");
                } else {
                    classes.add(test.type());
                }
            }
        }
        return List.of(String.join(",", modules), String.join(",", classes));
    }

    /** What came of the tests of a module, by its reports. */
    List<Ran> ran(String module) throws IOException {
        Path reports = root.resolve(module).resolve("target/surefire-reports");
        List<Ran> ran = new ArrayList<>();
        if (!Files.isDirectory(reports)) {
            return ran;
        }
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).sorted().toList()) {
                ran.addAll(read(Files.readString(file)));
            }
        }
        return ran;
    }

    static List<Ran> read(String report) {
        List<Ran> ran = new ArrayList<>();
        Matcher test = CASE.matcher(report);
        while (test.find()) {
            int end = report.indexOf("</testcase>", test.end());
            String inside = test.group(3).isEmpty() ? report.substring(test.end(), end) : "";
            if (inside.contains("<skipped")) {
                continue; // it did not run: a row that names no other has failed
            }
            boolean passed = Stream.of("<failure", "<error").noneMatch(inside::contains);
            String type = test.group(2).substring(test.group(2).lastIndexOf('.') + 1);
            ran.add(new Ran(bare(type), bare(test.group(1)), passed));
        }
        return ran;
    }

    /** A name without what a test was given, and without the class within a class. */
    private static String bare(String name) {
        return name.replaceFirst("[({\\[$].*", "");
    }

    /**
     * How a row stands.
     *
     * @param ran what came of the tests, by module
     */
    static String standing(Row row, Map<String, List<Ran>> ran) {
        if (row.tests().isEmpty()) {
            return "--";
        }
        for (Shown wanted : row.tests()) {
            List<Ran> of =
                    ran.getOrDefault(wanted.module(), List.of()).stream()
                            .filter(wanted::is)
                            .toList();
            if (of.isEmpty() || !of.stream().allMatch(Ran::passed)) {
                return "FAIL";
            }
        }
        return "pass";
    }

    /** Prints the table; false when a row failed. */
    private boolean print(String prefix) throws IOException {
        Map<String, List<Ran>> ran = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Row row : rows()) {
            for (Shown test : row.tests()) {
                if (!ran.containsKey(test.module())) {
                    ran.put(test.module(), ran(test.module()));
                }
            }
            if (row.number().startsWith(prefix)) {
                String standing = standing(row, ran);
                counts.merge(standing, 1, Integer::sum);
                System.out.printf(
                        "%-4s  %-5s %s%s%n",
                        standing,
                        row.number(),
                        row.says(),
                        row.missing().isEmpty() ? "" : " (" + row.missing() + ")");
            }
        }
        System.out.printf(
                "%d rows pass, %d fail, %d are not done%n",
                counts.getOrDefault("pass", 0),
                counts.getOrDefault("FAIL", 0),
                counts.getOrDefault("--", 0));
        return !counts.containsKey("FAIL") && counts.containsKey("pass");
    }

    /** Numbers of a system's rows, sorted. */
    static List<Integer> numbers(List<Row> rows, String system) {
        return rows.stream()
                .map(Row::number)
                .filter(number -> number.startsWith(system + "."))
                .map(number -> Integer.valueOf(number.substring(system.length() + 1)))
                .distinct()
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /**
     * Says what to run, or what came of it.
     *
     * @param arguments {@code plan}, or {@code print} and perhaps the beginning of rows' numbers
     */
    public static void main(String[] arguments) throws IOException {
        Systems systems = new Systems(Path.of(""));
        List<String> asked = Arrays.asList(arguments);
        if (asked.equals(List.of("plan"))) {
            systems.plan().forEach(System.out::println);
        } else if (!asked.isEmpty() && asked.size() < 3 && asked.getFirst().equals("print")) {
            System.exit(systems.print(asked.size() > 1 ? asked.get(1) : "") ? 0 : 1);
        } else {
            System.err.println("plan, or print [ROWS]");
            System.exit(2);
        }
    }
}
