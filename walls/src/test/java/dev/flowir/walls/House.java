package dev.flowir.walls;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Our own code as this build sees it: classes, modules, and the checkout. */
final class House {

    private House() {}

    /** Main classes of every room on the class path. */
    static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.flowir");
    }

    /** Modules of ours on the class path. */
    static List<ModuleDescriptor> modules() {
        return references().stream().map(ModuleReference::descriptor).toList();
    }

    /** Where the modules of ours on the class path are. */
    static List<ModuleReference> references() {
        return ModuleFinder.of(classPath()).findAll().stream()
                .filter(module -> module.descriptor().name().startsWith("dev.flowir."))
                .toList();
    }

    /** Packages that our modules export to everyone. */
    static Set<String> exportedPackages() {
        return modules().stream()
                .flatMap(module -> module.exports().stream())
                .filter(export -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
    }

    static Path[] classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::exists)
                .toArray(Path[]::new);
    }

    /** The top folder of the checkout. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("walls/pom.xml"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("run inside a checkout");
            }
            folder = parent;
        }
        return folder;
    }
}
