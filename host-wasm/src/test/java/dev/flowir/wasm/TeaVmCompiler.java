package dev.flowir.wasm;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.diagnostics.Problem;
import org.teavm.tooling.TeaVMProblemRenderer;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.tooling.TeaVMToolLog;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Compiles a main class and what it reaches on our class path to one JavaScript module. */
final class TeaVmCompiler {

    private TeaVmCompiler() {}

    /** Writes {@code name} into {@code folder}, or throws with all that TeaVM found missing. */
    static Path compile(Class<?> main, Path folder, String name) throws TeaVMToolException {
        return compile(main.getName(), classPath(), folder, name);
    }

    /** As {@link #compile(Class, Path, String)}, for {@code sources} that are compiled first. */
    static Path compile(String main, Map<String, String> sources, Path folder, String name)
            throws TeaVMToolException, IOException {
        Path texts = Files.createDirectories(folder.resolve("sources"));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments =
                new ArrayList<>(
                        List.of("--release", "21", "-proc:none", "-d", classes.toString(), "-cp"));
        arguments.add(System.getProperty("java.class.path"));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            arguments.add(
                    Files.writeString(texts.resolve(source.getKey()), source.getValue())
                            .toString());
        }
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int result =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, errors, errors, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new AssertionError(errors.toString(StandardCharsets.UTF_8));
        }
        List<File> classPath = new ArrayList<>(classPath());
        classPath.add(classes.toFile());
        return compile(main, classPath, folder, name);
    }

    private static Path compile(String main, List<File> classPath, Path folder, String name)
            throws TeaVMToolException {
        List<String> errors = new ArrayList<>();
        TeaVMTool tool = new TeaVMTool();
        tool.setMainClass(main);
        tool.setTargetType(TeaVMTargetType.JAVASCRIPT);
        tool.setJsModuleType(JSModuleType.ES2015);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        // Without it a null dereference or a bad index is no exception but a broken program.
        tool.setStrict(true);
        tool.setTargetDirectory(folder.toFile());
        tool.setTargetFileName(name);
        tool.setClassLoader(loader(classPath));
        tool.setClassPath(classPath);
        tool.setLog(new ErrorLog(errors));
        tool.generate();
        List<Problem> problems = tool.getProblemProvider().getSevereProblems();
        if (!problems.isEmpty()) {
            TeaVMProblemRenderer.describeProblems(
                    tool.getDependencyInfo().getCallGraph(),
                    tool.getProblemProvider(),
                    new ErrorLog(errors));
            throw new AssertionError("not portable:\n" + String.join("\n", errors));
        }
        return folder.resolve(name);
    }

    private static ClassLoader loader(List<File> classPath) {
        URL[] urls = classPath.stream().map(TeaVmCompiler::url).toArray(URL[]::new);
        return new URLClassLoader(urls, TeaVmCompiler.class.getClassLoader());
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<File> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(File::new)
                .toList();
    }

    private record ErrorLog(List<String> errors) implements TeaVMToolLog {
        @Override
        public void info(String text) {}

        @Override
        public void debug(String text) {}

        @Override
        public void warning(String text) {}

        @Override
        public void error(String text) {
            errors.add(text);
        }

        @Override
        public void info(String text, Throwable cause) {}

        @Override
        public void debug(String text, Throwable cause) {}

        @Override
        public void warning(String text, Throwable cause) {}

        @Override
        public void error(String text, Throwable cause) {
            errors.add(text + ": " + cause);
        }
    }
}
