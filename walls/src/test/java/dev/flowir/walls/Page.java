package dev.flowir.walls;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Java code of one page of the docs. A block is either a whole compilation unit, compiled
 * together with the others of its page, or a quote: the line before it is {@code <!-- from: path
 * -->} and its lines stand in that file, which the build compiles.
 *
 * @param units text by file name
 * @param quotes what is quoted from where
 * @param complaints blocks that are neither
 */
record Page(Map<String, String> units, List<Quote> quotes, List<String> complaints) {

    /**
     * Lines said to stand in another file.
     *
     * @param line line of the block in the page
     * @param file path from the top of the checkout
     * @param text the lines
     */
    record Quote(int line, String file, List<String> text) {}

    private static final Pattern FROM = Pattern.compile("<!-- from: (\\S+) -->");
    private static final Pattern TYPE =
            Pattern.compile(
                    "^(?:public |final |abstract |sealed |non-sealed )*"
                            + "(?:class|record|interface|enum) (\\w+)",
                    Pattern.MULTILINE);
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile(
                    "^public (?:final |abstract |sealed |non-sealed )*"
                            + "(?:class|record|interface|enum) (\\w+)",
                    Pattern.MULTILINE);

    static Page of(String text) {
        Map<String, String> units = new LinkedHashMap<>();
        List<Quote> quotes = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).strip().equals("```java")) {
                int end = end(lines, i + 1);
                List<String> block = lines.subList(i + 1, end);
                String code = String.join("\n", block) + "\n";
                Optional<String> source = i == 0 ? Optional.empty() : source(lines.get(i - 1));
                Optional<String> name = typeName(code);
                if (source.isPresent()) {
                    quotes.add(new Quote(i + 1, source.get(), block));
                } else if (name.isEmpty()) {
                    complaints.add("line " + (i + 1) + ": neither a whole type nor a quote");
                } else if (units.put(name.get() + ".java", code) != null) {
                    complaints.add("line " + (i + 1) + ": a second " + name.get());
                }
                i = end;
            }
        }
        return new Page(units, quotes, complaints);
    }

    /** True when {@code lines} stand one after another in {@code file}, indented as you like. */
    static boolean stands(List<String> lines, List<String> file) {
        List<String> wanted = stripped(lines);
        List<String> there = stripped(file);
        return !wanted.isEmpty() && Collections.indexOfSubList(there, wanted) >= 0;
    }

    private static List<String> stripped(List<String> lines) {
        return lines.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static int end(List<String> lines, int from) {
        int end = from;
        while (end < lines.size() && !lines.get(end).strip().equals("```")) {
            end++;
        }
        return end;
    }

    private static Optional<String> source(String before) {
        Matcher matcher = FROM.matcher(before);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Optional<String> typeName(String code) {
        Matcher open = PUBLIC_TYPE.matcher(code);
        if (open.find()) {
            return Optional.of(open.group(1));
        }
        Matcher any = TYPE.matcher(code);
        return any.find() ? Optional.of(any.group(1)) : Optional.empty();
    }
}
