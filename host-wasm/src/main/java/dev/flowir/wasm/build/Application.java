package dev.flowir.wasm.build;

import dev.flowir.ir.Flow;
import dev.flowir.ir.HintTable;
import dev.flowir.ir.Type;
import dev.flowir.ir.check.Checker;
import dev.flowir.ir.check.Diagnostic;
import dev.flowir.ir.check.Severity;
import dev.flowir.kernel.cap.CapabilityModule;
import dev.flowir.wasm.EdgeApplication;
import dev.flowir.wasm.EdgeContents;
import dev.flowir.wasm.EdgeManifest;
import dev.flowir.wasm.EdgePage;
import dev.flowir.wasm.EdgeRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An application as the building JVM sees it: its flows, checked, and the types at its boundary.
 */
final class Application {

    private final EdgeRoutes routes;
    private final List<EdgePage> pages;
    private final ClassLoader loader;
    private List<String> plans = List.of();

    private Application(EdgeApplication application, ClassLoader loader) {
        this.routes = application.routes();
        this.pages = application.pages();
        this.loader = loader;
    }

    static Application load(String name, ClassLoader loader) throws BuildException {
        try {
            Class<? extends EdgeApplication> type =
                    Class.forName(name, true, loader).asSubclass(EdgeApplication.class);
            return new Application(type.getDeclaredConstructor().newInstance(), loader);
        } catch (LinkageError cause) {
            throw new BuildException(
                    name
                            + " needs what is not on the class path, or not in this version: "
                            + cause.getMessage(),
                    cause);
        } catch (ReflectiveOperationException | ClassCastException cause) {
            throw new BuildException(
                    name
                            + " is no public class with a public constructor without parameters"
                            + " that implements "
                            + EdgeApplication.class.getName(),
                    cause);
        }
    }

    /** Refuses flows that do not pass their checks: the isolate does not check them again. */
    void check() throws BuildException {
        HintTable hints = CapabilityModule.hints(HintTable.FULL, loader);
        List<String> lines = new ArrayList<>();
        for (Flow<?, ?> flow : routes.flows()) {
            for (Diagnostic it : Checker.check(flow.definition(), hints)) {
                if (it.severity() == Severity.ERROR) {
                    lines.add(
                            "flow '"
                                    + flow.name()
                                    + "': "
                                    + it.code().id()
                                    + " at '"
                                    + it.location().pointer()
                                    + "': "
                                    + it.message()
                                    + "; "
                                    + it.suggestion());
                }
            }
        }
        lines.addAll(routes.unfit());
        if (lines.isEmpty()) {
            plans = routes.plans(hints, lines);
        }
        if (!lines.isEmpty()) {
            throw new BuildException(String.join("\n", lines));
        }
    }

    /** Hashes of flows that run durably; known once they are checked. */
    List<String> plans() {
        return plans;
    }

    /** What flows need and nothing serves. */
    List<String> missing() {
        return routes.missing().stream().map(line -> "CAP101: " + line).toList();
    }

    /** Files that the platform answers with, by their names. */
    Map<String, byte[]> pages() throws BuildException, IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (EdgePage page : pages) {
            try (InputStream file = page.owner().getResourceAsStream(page.resource())) {
                if (file == null) {
                    throw new BuildException(
                            "the page '"
                                    + page.path()
                                    + "' is '"
                                    + page.resource()
                                    + "' beside "
                                    + page.owner().getName()
                                    + ", where there is no such file");
                }
                files.put(page.file(), file.readAllBytes());
            }
        }
        return files;
    }

    EdgeContents contents() {
        return routes.contents();
    }

    EdgeManifest manifest() {
        return routes.manifest();
    }

    /** Types whose values come in or go out. */
    Set<Type<?>> types() {
        Set<Type<?>> types = new LinkedHashSet<>();
        for (Flow<?, ?> flow : routes.flows()) {
            types.add(flow.input());
            Type<?> output = flow.output();
            types.add(output.isStream() ? output.arguments().get(0) : output);
        }
        types.addAll(routes.kept());
        for (Class<?> answer : routes.answers()) {
            types.add(Type.of(answer));
        }
        return types;
    }
}
