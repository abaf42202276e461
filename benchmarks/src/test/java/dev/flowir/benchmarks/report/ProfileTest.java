package dev.flowir.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.benchmarks.report.Profile.Frame;
import dev.flowir.benchmarks.report.Profile.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {

    private static final Frame LANE = new Frame("dev.flowir.kernel.exec.Lane", "begin");
    private static final Frame MACHINE = new Frame("dev.flowir.kernel.machine.Machine", "offer");
    private static final Frame PARK = new Frame("java.lang.VirtualThread", "park");
    private static final Frame LIST = new Frame("java.util.ArrayList", "add");

    private final Profile profile =
            new Profile(List.of(MACHINE, LANE, MACHINE, PARK, LIST, MACHINE, LANE, MACHINE));

    @Test
    void whatIsFoundMostComesFirst() {
        assertEquals(
                List.of(new Line("Machine.offer", 0.5), new Line("Lane.begin", 0.25)),
                profile.methods(2));
    }

    @Test
    void eachMethodBelongsToOnePart() {
        assertEquals(
                List.of(
                        new Line("the machine", 0.5),
                        new Line("the kernel around it", 0.25),
                        new Line("the rest of the JDK", 0.125),
                        new Line("threads", 0.125)),
                profile.parts());
    }

    @Test
    void classesWithoutANameOfTheirOwnAreOne() {
        Profile hidden =
                new Profile(
                        List.of(
                                new Frame("dev.flowir.kernel.exec.Compiled/0x00007f01", "run"),
                                new Frame("dev.flowir.kernel.exec.Compiled/0x00007f02", "run"),
                                new Frame("a.b.Desk$$Lambda/0x01", "ask"),
                                new Frame("a.b.Desk$$Lambda.0x02", "ask")));
        assertEquals(
                List.of(new Line("Compiled.run", 0.5), new Line("Desk$$Lambda.ask", 0.5)),
                hidden.methods(9));
    }

    @Test
    void theTextSaysHowOftenItLooked() {
        String text = profile.text("W2", 1);
        assertTrue(text.startsWith("### W2\n\n8 looks."), text);
        assertTrue(text.contains("| Machine.offer | 50 % |"), text);
    }

    @Test
    void aRecordingWithoutLooksIsEmpty(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("none.jfr");
        try (Recording recording = new Recording()) {
            recording.start();
            recording.stop();
            recording.dump(file);
        }
        assertTrue(Files.size(file) > 0);
        assertEquals(0, Profile.read(file).looks());
        assertEquals(List.of(), Profile.read(file).parts());
    }
}
