package dev.flowir.walls;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What only the text of a source file shows. */
final class SourceRules {

    static final int MAX_LINES = 500;

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".flow");

    /** Whether a rule looks at one kind of source only. */
    private enum Where {
        EVERYWHERE,
        MAIN,
        TESTS,
        MACHINE
    }

    private record Ban(Where where, Pattern pattern, String reason) {}

    // Written in pieces so that this file keeps the rules it holds.
    private static final List<Ban> BANS =
            List.of(
                    ban(Where.EVERYWHERE, "\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b", "unfinished"),
                    ban(Where.EVERYWHERE, "@Disa" + "bled\\b", "a test that does not run"),
                    ban(Where.TESTS, "Thread\\.sle" + "ep\\(", "a test that sleeps"),
                    ban(Where.MAIN, "UnsupportedOperation" + "Exception\\(\\)", "a placeholder"),
                    ban(Where.MAIN, "\\.printStack" + "Trace\\(", "an error nobody sees"),
                    ban(Where.MACHINE, "\\bsynchron" + "ized\\b", "a lock in the machine"));

    private SourceRules() {}

    private static Ban ban(Where where, String pattern, String reason) {
        return new Ban(where, Pattern.compile(pattern), reason);
    }

    /** Every Java source file of the checkout. */
    static List<Path> files(Path root) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (file.toString().endsWith(".java")) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    /** Complaints about one file: {@code path:line: reason}. */
    static List<String> complaints(String path, List<String> lines) {
        List<String> complaints = new ArrayList<>();
        if (lines.size() > MAX_LINES) {
            complaints.add(path + ": " + lines.size() + " lines, more than " + MAX_LINES);
        }
        for (Ban ban : BANS) {
            if (applies(ban.where(), path.replace('\\', '/'))) {
                for (int i = 0; i < lines.size(); i++) {
                    if (ban.pattern().matcher(lines.get(i)).find()) {
                        complaints.add(path + ":" + (i + 1) + ": " + ban.reason());
                    }
                }
            }
        }
        return complaints;
    }

    private static boolean applies(Where where, String path) {
        return switch (where) {
            case EVERYWHERE -> true;
            case MAIN -> path.contains("src/main/");
            case TESTS -> path.contains("src/test/");
            case MACHINE -> path.contains("src/main/") && path.contains("/kernel/machine/");
        };
    }
}
