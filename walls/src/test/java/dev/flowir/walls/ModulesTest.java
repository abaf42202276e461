package dev.flowir.walls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulesTest {

    @Test
    void everyModuleIsNamedManagedPublishedAndWatched() throws IOException {
        assertTrue(Modules.listed(House.root()).contains("flow-ir"));
        assertEquals(List.of(), Modules.complaints(House.root()));
    }

    @Test
    void ourModulesResolveTogetherOnTheModulePath() {
        Set<String> ours =
                House.modules().stream()
                        .map(ModuleDescriptor::name)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(ours.contains("dev.flowir.ir"), ours::toString);
        Configuration resolved =
                ModuleLayer.boot()
                        .configuration()
                        .resolve(ModuleFinder.of(House.classPath()), ModuleFinder.of(), ours);
        assertTrue(
                resolved.modules().stream().map(m -> m.name()).toList().containsAll(ours),
                resolved::toString);
    }

    @Test
    void exportedPackagesHoldTypes() {
        List<String> empty =
                House.modules().stream()
                        .flatMap(module ->
                                module.exports().stream()
                                        .map(ModuleDescriptor.Exports::source)
                                        .filter(name -> !module.packages().contains(name)))
                        .toList();
        assertEquals(List.of(), empty);
    }

    @Test
    void servicesAreFoundOnBothPaths() throws IOException {
        List<String> complaints = new ArrayList<>();
        for (ModuleReference module : House.references()) {
            complaints.addAll(Services.complaints(module));
        }
        assertEquals(List.of(), complaints);
    }

    @Test
    void aServiceOnOnePathOnlyIsNamed(@TempDir Path folder) throws IOException {
        Map<String, String> sources =
                Map.of(
                        "module-info.java", "module m { provides java.lang.Runnable with m.A; }",
                        "A.java",
                                "package m; public class A implements Runnable { public void run() {} }");
        assertEquals(List.of(), JavaSources.compile(sources, folder));
        ModuleReference module = ModuleFinder.of(folder.resolve("classes")).find("m").orElseThrow();
        assertEquals(
                List.of(
                        "m: module-info provides {java.lang.Runnable=[m.A]},"
                                + " META-INF/services says {}"),
                Services.complaints(module));
        write(folder, "classes/META-INF/services/java.lang.Runnable", "# why\nm.A\n");
        assertEquals(List.of(), Services.complaints(module));
    }

    @Test
    void eachComplaintIsMade(@TempDir Path root) throws IOException {
        write(
                root,
                "pom.xml",
                "<module>bom</module><module>good</module><module>bad</module>"
                        + "<module>plugin</module><module>examples/shown</module><artifactId>good</artifactId>");
        write(root, "bom/pom.xml", "<artifactId>good</artifactId>");
        write(root, "walls/pom.xml", "<artifactId>good</artifactId>");
        write(root, "good/pom.xml", "</parent> <artifactId>good</artifactId>");
        write(root, "good/src/main/java/module-info.java", "");
        write(root, "good/src/main/java/a/package-info.java", "");
        write(root, "good/src/main/java/a/A.java", "");
        write(root, "bad/pom.xml", "</parent><artifactId>other</artifactId>");
        write(root, "bad/src/main/java/b/B.java", "");
        write(
                root,
                "plugin/pom.xml",
                "</parent><artifactId>plugin</artifactId><packaging>maven-plugin</packaging>");
        write(root, "plugin/src/main/java/p/package-info.java", "");
        write(root, "plugin/src/main/java/p/P.java", "");
        write(root, "examples/shown/pom.xml", "</parent><artifactId>shown</artifactId>");
        write(root, "examples/shown/src/main/java/module-info.java", "");
        assertEquals(
                List.of(
                        "bad: the artifact is not called like its folder",
                        "bad: no module-info.java",
                        "bad/src/main/java/b: no package-info.java",
                        "bad: not in bom/pom.xml",
                        "bad: version not managed",
                        "bad: not in walls/pom.xml",
                        "plugin: not in walls/pom.xml"),
                Modules.complaints(root));
    }

    private static void write(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, text);
    }
}
