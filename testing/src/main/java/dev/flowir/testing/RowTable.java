package dev.flowir.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of an example's page: rows of what was wanted, and the tests that show them. A test of
 * row 4.13 is called {@code r4_13_…}, and the page names it in backquotes.
 *
 * <pre>{@code
 * assertEquals(List.of(), RowTable.of("4", 30).problems(Path.of("README.md"), Path.of("src", "test", "java")));
 * }</pre>
 */
public final class RowTable {

    private final String part;
    private final int rows;

    private RowTable(String part, int rows) {
        this.part = part;
        this.rows = rows;
    }

    /**
     * A table.
     *
     * @param part what comes before the dot of a row's number
     * @param rows how many rows there are, from 1
     * @return the table
     */
    public static RowTable of(String part, int rows) {
        return new RowTable(part, rows);
    }

    /**
     * What is not true of a page.
     *
     * @param page the page
     * @param tests the folder of the tests
     * @return a sentence for each row without a test, each test that the page does not name, and
     *     each name of no test; nothing when all is well
     * @throws IOException when something cannot be read
     */
    public List<String> problems(Path page, Path tests) throws IOException {
        String name = "r" + Pattern.quote(part) + "_(\\d+)_\\w+";
        Set<String> written = names("void (" + name + ")\\(", text(tests));
        Set<String> named = names("`(" + name + ")`", Files.readString(page));
        List<String> problems = new ArrayList<>();
        for (int row = 1; row <= rows; row++) {
            Pattern ofRow = Pattern.compile("r" + Pattern.quote(part) + "_0*" + row + "_\\w+");
            if (written.stream().noneMatch(test -> ofRow.matcher(test).matches())) {
                problems.add("row " + part + "." + row + " has no test");
            }
        }
        written.stream()
                .filter(test -> !named.contains(test))
                .forEach(test -> problems.add("the page does not name " + test));
        named.stream()
                .filter(test -> !written.contains(test))
                .forEach(test -> problems.add("there is no test " + test));
        return List.copyOf(problems);
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String text(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> all = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.add(Files.readString(file));
            }
            return String.join("\n", all);
        }
    }
}
