package dev.flowir.walls;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a module provides must be found on the class path as well as on the module path. */
final class Services {

    private static final String FOLDER = "META-INF/services/";

    private Services() {}

    /** Complaints about services that only one of the two paths finds. */
    static List<String> complaints(ModuleReference module) throws IOException {
        Map<String, List<String>> declared = new TreeMap<>();
        for (ModuleDescriptor.Provides provides : module.descriptor().provides()) {
            declared.put(provides.service(), provides.providers());
        }
        Map<String, List<String>> listed = new TreeMap<>();
        try (ModuleReader reader = module.open()) {
            for (String file : reader.list().filter(name -> isService(name)).toList()) {
                listed.put(file.substring(FOLDER.length()), lines(reader, file));
            }
        }
        List<String> complaints = new ArrayList<>();
        if (!declared.equals(listed)) {
            complaints.add(
                    module.descriptor().name()
                            + ": module-info provides "
                            + declared
                            + ", META-INF/services says "
                            + listed);
        }
        return complaints;
    }

    private static boolean isService(String name) {
        return name.startsWith(FOLDER) && name.length() > FOLDER.length();
    }

    private static List<String> lines(ModuleReader reader, String file) throws IOException {
        try (InputStream in = reader.open(file).orElseThrow()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }
}
