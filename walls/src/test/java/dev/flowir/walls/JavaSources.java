package dev.flowir.walls;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles source text against everything on the class path. */
final class JavaSources {

    private JavaSources() {}

    /**
     * Compiles {@code sources} (text by file name) into {@code folder}.
     *
     * @return the errors with file and line; empty when it compiles
     */
    static List<String> compile(Map<String, String> sources, Path folder) throws IOException {
        Path texts = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Files.writeString(texts.resolve(source.getKey()), source.getValue());
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(diagnostics, Locale.ROOT, null)) {
            Stream<Path> paths = sources.keySet().stream().map(texts::resolve);
            List<String> options =
                    List.of(
                            "--release",
                            "21",
                            "-proc:none",
                            "-implicit:none",
                            "-classpath",
                            System.getProperty("java.class.path"),
                            "-d",
                            classes.toString());
            compiler.getTask(
                            null,
                            files,
                            diagnostics,
                            options,
                            null,
                            files.getJavaFileObjectsFromPaths(paths.toList()))
                    .call();
        }
        return diagnostics.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .map(JavaSources::text)
                .toList();
    }

    private static String text(Diagnostic<? extends JavaFileObject> diagnostic) {
        String file =
                diagnostic.getSource() == null
                        ? "?"
                        : new File(diagnostic.getSource().getName()).getName();
        return file + ":" + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT);
    }
}
