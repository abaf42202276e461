package dev.flowir.wasm.build;

import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeMain;
import dev.flowir.wasm.FormSource;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Makes the modules of a worker out of an application's class: {@code worker.mjs} is the one that
 * the platform starts, everything else is imported by it.
 */
public final class WorkerBuild {

    /** Modules of bindings that not every worker has. */
    private static final List<Part> PARTS =
            List.of(
                    new Part("fetching", List.of("fetching"), "dev.flowir.wasm.EdgeExchange"),
                    new Part("sql", List.of("d1"), "dev.flowir.wasm.EdgeSql"));

    /**
     * A module of bindings.
     *
     * @param module its name
     * @param exports what it exports
     * @param user the class that uses it
     */
    private record Part(String module, List<String> exports, String user) {}

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
            write(application, classPath, generated);
            List<Path> all = new ArrayList<>(List.of(generated));
            all.addAll(classPath);
            copy("platform.mjs", folder, "platform.mjs");
            copy("bindings.mjs", folder, "bindings.mjs");
            switch (target) {
                case JAVASCRIPT -> {
                    copy("worker-js.mjs", folder, "worker.mjs");
                    parts(
                            WorkerCompiler.compile(
                                    EdgeMain.class.getName(), all, target, folder, "app.mjs"),
                            folder);
                }
                case WEBASSEMBLY -> {
                    copy("worker-wasm.mjs", folder, "worker.mjs");
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

    /** Brings the bindings that the program uses, and only those. */
    private static void parts(Collection<String> reached, Path folder)
            throws IOException, BuildException {
        StringBuilder parts = new StringBuilder("// Bindings that this worker uses.\n");
        for (Part part : PARTS) {
            String file = part.module() + ".mjs";
            if (reached.contains(part.user())) {
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
     */
    private static void write(String application, List<Path> classPath, Path generated)
            throws IOException, BuildException {
        try (URLClassLoader loader = WorkerCompiler.loader(classPath)) {
            Application loaded = Application.load(application, loader);
            loaded.check();
            Map<String, String> sources = FormWriter.write(loaded.types());
            sources.put("dev.flowir.ir.json.JsonCodecs", Resources.text("JsonCodecs.java"));
            JavaSources.compile(sources, classPath, generated);
        }
        service(generated, EdgeApplication.class, application);
        service(generated, FormSource.class, FormWriter.SOURCE_CLASS);
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
