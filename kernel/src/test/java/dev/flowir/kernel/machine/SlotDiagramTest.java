package dev.flowir.kernel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The table of transitions: every row is taken, and the page in the docs shows this table. */
class SlotDiagramTest {

    private static final String BEGIN = "<!-- generated: SlotDiagramTest -->\n```mermaid\n";
    private static final String END = "```\n<!-- end -->";

    @Test
    void everyRowIsTaken() {
        Set<String> missing = new TreeSet<>();
        for (Transition transition : Transition.values()) {
            for (SlotState from : transition.from()) {
                missing.add(from + " " + transition);
            }
        }
        MachineObserver watching =
                new MachineObserver() {
                    @Override
                    public void moved(Transition transition, SlotState from) {
                        missing.remove(from + " " + transition);
                    }
                };
        for (long seed = 1; seed <= 20_000 && !missing.isEmpty(); seed++) {
            new Simulation(seed, watching).run();
        }
        assertEquals(Set.of(), missing);
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        Path page = root().resolve("docs/machine.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        assertTrue(begin >= 0 && end > begin, "docs/machine.md has a place for the diagram");
        String shown = text.substring(begin + BEGIN.length(), end);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(
                    page,
                    text.substring(0, begin + BEGIN.length()) + diagram() + text.substring(end));
            return;
        }
        assertEquals(diagram(), shown, "regenerate with -Ddocs.write=true");
    }

    private static String diagram() {
        StringBuilder text = new StringBuilder("stateDiagram-v2\n    [*] --> IDLE\n");
        for (Transition transition : Transition.values()) {
            for (SlotState from : transition.from()) {
                text.append("    ")
                        .append(from)
                        .append(" --> ")
                        .append(transition.to())
                        .append(": ")
                        .append(transition.text())
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/vocabulary.md"))) {
            Path parent = folder.getParent();
            if (parent == null) {
                throw new IllegalStateException("run inside a checkout");
            }
            folder = parent;
        }
        return folder;
    }
}
