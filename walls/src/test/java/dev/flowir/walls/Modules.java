package dev.flowir.walls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What must be true of every module listed in a root pom, as far as files show it. */
final class Modules {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern ARTIFACT =
            Pattern.compile("</parent>\\s*<artifactId>([^<]+)</artifactId>");

    private Modules() {}

    /** Folders of the modules, in the order of the build. */
    static List<String> listed(Path root) throws IOException {
        Matcher matcher = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
        List<String> modules = new ArrayList<>();
        while (matcher.find()) {
            modules.add(matcher.group(1).strip());
        }
        return modules;
    }

    /** Complaints about the modules under {@code root}; empty when all is well. */
    static List<String> complaints(Path root) throws IOException {
        String parent = Files.readString(root.resolve("pom.xml"));
        String bom = Files.readString(root.resolve("bom/pom.xml"));
        String walls = Files.readString(root.resolve("walls/pom.xml"));
        List<String> complaints = new ArrayList<>();
        for (String module : listed(root)) {
            Path folder = root.resolve(module);
            Path sources = folder.resolve("src/main/java");
            if (!Files.isDirectory(sources)) {
                continue;
            }
            String artifact = Path.of(module).getFileName().toString();
            String own = Files.readString(folder.resolve("pom.xml"));
            Matcher declared = ARTIFACT.matcher(own);
            if (!declared.find() || !declared.group(1).equals(artifact)) {
                complaints.add(module + ": the artifact is not called like its folder");
            }
            // Maven loads its plugins from the class path, and no bom manages their versions.
            boolean library = !own.contains("<packaging>maven-plugin</packaging>");
            if (library && !Files.exists(sources.resolve("module-info.java"))) {
                complaints.add(module + ": no module-info.java");
            }
            complaints.addAll(packagesWithoutInfo(root, sources));
            boolean published = !module.startsWith("examples/") && !module.equals("benchmarks");
            require(
                    published && library,
                    bom,
                    artifact,
                    module + ": not in bom/pom.xml",
                    complaints);
            require(
                    published && library,
                    parent,
                    artifact,
                    module + ": version not managed",
                    complaints);
            require(published, walls, artifact, module + ": not in walls/pom.xml", complaints);
        }
        return complaints;
    }

    private static void require(
            boolean needed, String pom, String artifact, String complaint, List<String> to) {
        if (needed && !pom.contains("<artifactId>" + artifact + "</artifactId>")) {
            to.add(complaint);
        }
    }

    private static List<String> packagesWithoutInfo(Path root, Path sources) throws IOException {
        List<String> complaints = new ArrayList<>();
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path folder : all.filter(Files::isDirectory).sorted().toList()) {
                boolean holdsTypes;
                try (Stream<Path> files = Files.list(folder)) {
                    holdsTypes =
                            files.map(file -> file.getFileName().toString())
                                    .anyMatch(name ->
                                            name.endsWith(".java")
                                                    && !name.equals("module-info.java"));
                }
                if (holdsTypes && !Files.exists(folder.resolve("package-info.java"))) {
                    complaints.add(root.relativize(folder) + ": no package-info.java");
                }
            }
        }
        return complaints;
    }
}
