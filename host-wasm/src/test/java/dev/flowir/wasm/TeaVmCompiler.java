package dev.flowir.wasm;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
        List<String> errors = new ArrayList<>();
        TeaVMTool tool = new TeaVMTool();
        tool.setMainClass(main.getName());
        tool.setTargetType(TeaVMTargetType.JAVASCRIPT);
        tool.setJsModuleType(JSModuleType.ES2015);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        // Without it a null dereference or a bad index is no exception but a broken program.
        tool.setStrict(true);
        tool.setTargetDirectory(folder.toFile());
        tool.setTargetFileName(name);
        tool.setClassLoader(main.getClassLoader());
        tool.setClassPath(classPath());
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
