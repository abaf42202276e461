package dev.flowir.wasm;

import dev.flowir.wasm.build.BuildException;
import dev.flowir.wasm.build.Target;
import dev.flowir.wasm.build.WorkerProject;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Workers that tests build out of their own class path. */
final class Workers {

    private Workers() {}

    /**
     * Writes a project, and says where it is.
     *
     * @param namespaces bindings of KV namespaces, which need an id
     */
    static Path build(
            Class<? extends EdgeApplication> application, Target target, String... namespaces)
            throws BuildException {
        Path folder =
                Path.of(
                        "target",
                        "workers",
                        application.getSimpleName() + "-" + target.name().toLowerCase(Locale.ROOT));
        Map<String, String> ids = new LinkedHashMap<>();
        List.of(namespaces).forEach(name -> ids.put(name, "local-" + name));
        new WorkerProject("tests", application.getName(), classPath(), target, ids).write(folder);
        return folder;
    }

    static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .toList();
    }
}
