package dev.flowir.wasm.build;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeMain;
import dev.flowir.wasm.EdgeManifest;
import dev.flowir.wasm.FormSource;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the modules of a worker out of an application's class: {@code worker.mjs} is the one that
 * the platform starts, everything else is imported by it.
 */
public final class WorkerBuild {

    private static final String OBJECTS = "dev.flowir.wasm.EdgeObjects";
    private static final String RUNS = "dev.flowir.wasm.EdgeRuns";
    private static final String JOURNAL = "dev.flowir.kernel.journal.";

    /** Sums over bytes, which an isolate has to work out by itself. */
    private static final List<String> SUMS = List.of("Checksum", "Sha256");

    /** Modules of bindings that not every worker has. */
    private static final List<Part> PARTS =
            List.of(
                    new Part("blobs", List.of("blobs"), Set.of("dev.flowir.wasm.EdgeBlobs")),
                    new Part(
                            "fetching",
                            List.of("fetching"),
                            Set.of("dev.flowir.wasm.EdgeExchange")),
                    new Part(
                            "sql", List.of("d1"), Set.of("dev.flowir.wasm.EdgeSql", OBJECTS, RUNS)),
                    new Part("objects", List.of("objects"), Set.of(OBJECTS, RUNS)));

    /**
     * A module of bindings.
     *
     * @param module its name
     * @param exports what it exports
     * @param users classes that use it
     */
    private record Part(String module, List<String> exports, Set<String> users) {}

    private WorkerBuild() {}

    /**
     * Builds.
     *
     * @param application class that implements {@link EdgeApplication}
     * @param classPath where it and all that it uses are found, this library included
     * @param target what it is compiled to
     * @param folder where the modules are written
     * @throws BuildException when the application uses what an isolate does not have
     */
    public static void build(String application, List<Path> classPath, Target target, Path folder)
            throws BuildException {
        build(application, classPath, target, folder, folder.resolveSibling("generated"));
    }

    /** The same, with what only the build needs in {@code generated}. */
    static void build(
            String application, List<Path> classPath, Target target, Path folder, Path generated)
            throws BuildException {
        try {
            Files.createDirectories(folder);
            Files.createDirectories(generated);
            List<String> objects = write(application, classPath, generated);
            refuse(target, objects);
            List<Path> all = new ArrayList<>(List.of(generated));
            all.addAll(classPath);
            copy("platform.mjs", folder, "platform.mjs");
            copy("bindings.mjs", folder, "bindings.mjs");
            switch (target) {
                case JAVASCRIPT -> {
                    worker("worker-js.mjs", "() => program", objects, folder);
                    parts(
                            WorkerCompiler.compile(
                                    EdgeMain.class.getName(), all, target, folder, "app.mjs"),
                            folder);
                }
                case WEBASSEMBLY -> {
                    worker("worker-wasm.mjs", "program", objects, folder);
                    copy("glue.mjs", folder, "glue.mjs");
                    Files.writeString(folder.resolve("runtime.mjs"), WasmRuntime.patched());
                    parts(
                            WorkerCompiler.compile(
                                    EdgeMain.class.getName(), all, target, folder, "app.wasm"),
                            folder);
                }
            }
        } catch (IOException failed) {
            throw new BuildException("cannot write the worker to " + folder, failed);
        }
    }

    /** What was not shown to work is not packaged. */
    private static void refuse(Target target, List<String> objects) throws BuildException {
        if (target == Target.WEBASSEMBLY && !objects.isEmpty()) {
            throw new BuildException(
                    "objects live in JavaScript only, where a block that fails comes to its end;"
                            + " build for JavaScript: "
                            + String.join(", ", objects));
        }
    }

    /** Brings the bindings that the program uses, and only those. */
    private static void parts(Collection<String> reached, Path folder)
            throws IOException, BuildException {
        StringBuilder parts = new StringBuilder("// Bindings that this worker uses.\n");
        for (Part part : PARTS) {
            String file = part.module() + ".mjs";
            if (part.users().stream().anyMatch(reached::contains)) {
                copy(file, folder, file);
                parts.append(
                        "export { %s } from './%s';\n"
                                .formatted(String.join(", ", part.exports()), file));
            } else {
                Files.deleteIfExists(folder.resolve(file));
                part.exports()
                        .forEach(
                                it -> parts.append("export const %s = undefined;\n".formatted(it)));
            }
        }
        Files.writeString(folder.resolve("parts.mjs"), parts);
    }

    /**
     * Writes what the isolate cannot find out by itself: the application, and JSON of its types.
     *
     * @return names of the classes of objects that the platform keeps for it
     */
    private static List<String> write(String application, List<Path> classPath, Path generated)
            throws IOException, BuildException {
        List<String> objects = new ArrayList<>();
        try (URLClassLoader loader = WorkerCompiler.loader(classPath)) {
            Application loaded = Application.load(application, loader);
            loaded.check();
            Map<String, String> sources = FormWriter.write(loaded.types(), loaded.plans());
            sources.put("dev.flowir.ir.json.JsonCodecs", Resources.text("JsonCodecs.java"));
            if (!loaded.plans().isEmpty()) {
                for (String name : SUMS) {
                    sources.put(JOURNAL + name, Resources.text(name + ".java"));
                }
            }
            JavaSources.compile(sources, classPath, generated);
            for (EdgeManifest.Binding binding : loaded.manifest().bindings()) {
                if (binding.kind() == EdgeManifest.Kind.OBJECT) {
                    objects.add(binding.resource());
                }
            }
        }
        service(generated, EdgeApplication.class, application);
        service(generated, FormSource.class, FormWriter.SOURCE_CLASS);
        return objects;
    }

    /** The module that the platform starts: its events, and the classes of its objects. */
    private static void worker(String resource, String program, List<String> objects, Path folder)
            throws IOException, BuildException {
        StringBuilder text = new StringBuilder(Resources.text(resource));
        if (!objects.isEmpty()) {
            text.insert(0, "import { objectClass } from './objects.mjs';\n");
        }
        for (String name : objects) {
            text.append("\nexport const ")
                    .append(name)
                    .append(" = objectClass(")
                    .append(program)
                    .append(", '")
                    .append(name)
                    .append("');\n");
        }
        Files.writeString(folder.resolve("worker.mjs"), text);
    }

    private static void service(Path folder, Class<?> service, String provider) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(service.getName()), provider + "\n");
    }

    private static void copy(String resource, Path folder, String name)
            throws IOException, BuildException {
        Files.writeString(folder.resolve(name), Resources.text(resource));
    }
}
