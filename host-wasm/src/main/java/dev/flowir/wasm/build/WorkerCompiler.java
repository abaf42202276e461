package dev.flowir.wasm.build;

import dev.flowir.ir.Flow;
import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.plan.Lowered;
import dev.flowir.ir.plan.Lowering;
import dev.flowir.ir.plan.PlanFeatures;
import dev.flowir.ir.plan.Surroundings;
import dev.flowir.wasm.EdgeContents;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.teavm.backend.javascript.JSModuleType;
import org.teavm.callgraph.CallGraphNode;
import org.teavm.dependency.DependencyInfo;
import org.teavm.diagnostics.Problem;
import org.teavm.interop.Async;
import org.teavm.model.ClassReader;
import org.teavm.model.MethodReader;
import org.teavm.model.MethodReference;
import org.teavm.tooling.TeaVMProblemRenderer;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.tooling.TeaVMToolLog;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Compiles a main class and what it reaches, in this process. */
final class WorkerCompiler {

    /** Who makes plans of the flows that the build knows. */
    private static final String HOSTS_PLANS = "dev.flowir.wasm.EdgePlan";

    /** Waits for whoever holds a monitor. */
    private static final String MONITOR = "monitorEnterWait";

    /** What code of the application asks for JSON. */
    private static final String CODECS = "dev.flowir.ir.json.JsonCodecs";

    private WorkerCompiler() {}

    /**
     * Writes {@code name} into {@code folder} with what {@code features} need, or says all that is
     * missing in an isolate. Gives the names of the classes that it reached.
     */
    static Collection<String> compile(
            String main,
            Set<String> features,
            List<Path> classPath,
            Target target,
            Path folder,
            String name)
            throws BuildException {
        List<String> errors = new ArrayList<>();
        List<File> files = classPath.stream().map(Path::toFile).toList();
        TeaVMTool tool = new TeaVMTool();
        tool.setMainClass(main);
        tool.setTargetType(
                switch (target) {
                    case JAVASCRIPT -> TeaVMTargetType.JAVASCRIPT;
                    case WEBASSEMBLY -> TeaVMTargetType.WEBASSEMBLY_GC;
                });
        tool.setJsModuleType(JSModuleType.ES2015);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        tool.setObfuscated(true);
        tool.getProperties().setProperty(Trimming.FEATURES, String.join(",", features));
        // Without it a null dereference or a bad index is no exception but a broken program.
        tool.setStrict(true);
        tool.setTargetDirectory(folder.toFile());
        tool.setTargetFileName(name);
        tool.setClassPath(files);
        tool.setLog(new ErrorLog(errors));
        try (URLClassLoader loader = new ClassPathFirst(urls(classPath))) {
            tool.setClassLoader(loader);
            tool.generate();
        } catch (TeaVMToolException | java.io.IOException failed) {
            throw new BuildException("cannot compile " + main, failed);
        }
        List<Problem> problems = tool.getProblemProvider().getSevereProblems();
        if (!problems.isEmpty()) {
            TeaVMProblemRenderer.describeProblems(
                    tool.getDependencyInfo().getCallGraph(),
                    tool.getProblemProvider(),
                    new ErrorLog(errors));
            throw new BuildException(
                    "an isolate does not have all of this:\n" + String.join("\n", errors));
        }
        refuse(target, tool);
        Set<String> more = new TreeSet<>(features);
        if (asksForDefinitions(tool)) {
            more.add(PlanFeatures.DEFINITIONS);
        }
        if (makesPlans(tool)) {
            more.addAll(PlanFeatures.ALL);
        }
        if (features.contains(EdgeContents.STILL) && canWait(tool)) {
            more.remove(EdgeContents.STILL);
            more.add(EdgeContents.WAITING);
        }
        if (tool.getDependencyInfo().getReachableClasses().contains(CODECS)) {
            more.add(EdgeContents.VALUES);
        }
        if (!more.equals(features)) {
            return compile(main, more, classPath, target, folder, name);
        }
        return Set.copyOf(tool.getDependencyInfo().getReachableClasses());
    }

    /** True when something that the program reaches lets its coroutine wait. */
    private static boolean canWait(TeaVMTool tool) {
        DependencyInfo program = tool.getDependencyInfo();
        for (MethodReference reference : program.getReachableMethods()) {
            if (reference.getName().startsWith(MONITOR)) {
                continue; // is there whenever something is synchronized
            }
            ClassReader type = program.getClassSource().get(reference.getClassName());
            MethodReader method = type == null ? null : type.getMethod(reference.getDescriptor());
            if (method != null && method.getAnnotations().get(Async.class.getName()) != null) {
                return true;
            }
        }
        return false;
    }

    /** True when code of the application looks at the definition of a flow. */
    private static boolean asksForDefinitions(TeaVMTool tool) {
        return tool.getDependencyInfo()
                .getReachableMethods()
                .contains(new MethodReference(Flow.class, "definition", FlowDefinition.class));
    }

    /** True when code of the application makes plans of its own, which nobody here knows. */
    private static boolean makesPlans(TeaVMTool tool) {
        CallGraphNode lowering =
                tool.getDependencyInfo()
                        .getCallGraph()
                        .getNode(
                                new MethodReference(
                                        Lowering.class,
                                        "lower",
                                        FlowDefinition.class,
                                        String.class,
                                        String.class,
                                        Surroundings.class,
                                        Lowered.class));
        return lowering != null
                && lowering.getCallerCallSites().stream()
                        .flatMap(site -> site.getCallers().stream())
                        .anyMatch(it -> !it.getMethod().getClassName().equals(HOSTS_PLANS));
    }

    private static void refuse(Target target, TeaVMTool tool) throws BuildException {
        if (target == Target.WEBASSEMBLY) {
            JsBodies.refuseUnknown(tool.getDependencyInfo());
        }
    }

    /** Finds what is on {@code classPath}, and the compiler's own parts. */
    static URLClassLoader loader(List<Path> classPath) {
        return new URLClassLoader(urls(classPath), WorkerCompiler.class.getClassLoader());
    }

    private static URL[] urls(List<Path> classPath) {
        return classPath.stream().map(path -> url(path.toFile())).toArray(URL[]::new);
    }

    /**
     * Looks at the class path before this library: what is generated for a worker stands before
     * what it replaces, and the compiler reads classes as resources.
     */
    private static final class ClassPathFirst extends URLClassLoader {

        ClassPathFirst(URL[] urls) {
            super(urls, WorkerCompiler.class.getClassLoader());
        }

        @Override
        public @Nullable URL getResource(String name) {
            URL own = findResource(name);
            return own != null ? own : super.getResource(name);
        }
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
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
