package dev.flowir.walls;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of a page to other files of the checkout. */
final class Links {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private Links() {}

    /** Complaints about links in {@code text} of the page in {@code folder} that lead nowhere. */
    static List<String> complaints(Path folder, String text) {
        List<String> complaints = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher link = LINK.matcher(lines.get(i));
            while (link.find()) {
                String target = link.group(1);
                boolean elsewhere = target.contains("://") || target.startsWith("mailto:");
                String file = target.replaceFirst("#.*", "");
                if (!elsewhere && !file.isEmpty() && !Files.exists(folder.resolve(file))) {
                    complaints.add("line " + (i + 1) + ": no file " + file);
                }
            }
        }
        return complaints;
    }
}
