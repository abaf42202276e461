package dev.flowir.wasm.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Java that was written here, compiled. */
final class JavaSources {

    private JavaSources() {}

    /** Compiles {@code sources}, by class name, into {@code folder}. */
    static void compile(Map<String, String> sources, List<Path> classPath, Path folder)
            throws IOException, BuildException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new BuildException("a worker is built by a JDK: this Java has no compiler");
        }
        List<String> arguments =
                new ArrayList<>(List.of("--release", "21", "-proc:none", "-nowarn", "-d"));
        arguments.add(folder.toString());
        arguments.add("-cp");
        arguments.add(
                classPath.stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = folder.resolve("sources/" + source.getKey().replace('.', '/') + ".java");
            Path parent = file.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            arguments.add(Files.writeString(file, source.getValue()).toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (compiler.run(null, said, said, arguments.toArray(String[]::new)) != 0) {
            throw new BuildException("the JSON forms do not compile:\n" + said.toString(UTF_8));
        }
    }
}
