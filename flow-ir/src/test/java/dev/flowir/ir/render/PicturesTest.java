package dev.flowir.ir.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.FlowDefinition;
import dev.flowir.ir.json.FlowJson;
import dev.flowir.ir.json.FlowReading;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class PicturesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/render");

    /** What somebody might put into a name to break a picture. */
    private static final String HOSTILE =
            "\\\"></text><script>alert(1)</script>]])}|`;\\u0000\\n%%{init}%% &amp; #35; \\\\";

    @ParameterizedTest
    @ValueSource(strings = {"mmd", "dot", "svg"})
    void picturesStayAsTheyWereLookedAt(String format) throws IOException {
        FlowDefinition flow = read(Files.readString(GOLDEN.resolve("checkout.json")));
        String actual = draw(flow, format);
        Path written = Path.of("target/render/checkout." + format);
        Files.createDirectories(written.getParent());
        Files.writeString(written, actual);
        assertEquals(
                Files.readString(GOLDEN.resolve("checkout." + format)),
                actual,
                "look at " + written + "; when it is right, copy it to " + GOLDEN);
    }

    @Test
    void hostileNamesStayText() throws Exception {
        FlowDefinition flow =
                read(
                        Files.readString(GOLDEN.resolve("checkout.json"))
                                .replace("Quote a price", HOSTILE)
                                .replace("\"score\"", "\"" + HOSTILE + "\""));
        String svg = Pictures.svg(flow);
        var document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        assertEquals(0, document.getElementsByTagName("script").getLength());
        assertFalse(Pictures.mermaid(flow).contains("<script"));
        assertFalse(Pictures.mermaid(flow).contains("%%{"));
        for (String line : Pictures.dot(flow).lines().toList()) {
            assertEquals(0, unescapedQuotes(line) % 2, line);
        }
    }

    @Test
    void svgCanBeReadAloud() throws IOException {
        String svg = Pictures.svg(read(Files.readString(GOLDEN.resolve("checkout.json"))));
        assertTrue(svg.contains("role=\"img\" aria-labelledby=\"title desc\""));
        assertTrue(svg.contains("score to charge (Low);"), svg);
    }

    @Test
    void brokenFlowsAreDrawnToo() {
        FlowDefinition flow =
                read(
                        "{\"id\":\"f\",\"name\":\"\",\"version\":\"1.0.0\",\"profile\":\"dev\","
                                + "\"edges\":[{\"from\":\"x\",\"to\":\"y\",\"delivery\":\"at_most_once\","
                                + "\"ordering\":\"ordered\",\"buffer\":{}},{\"from\":\"y\",\"to\":\"x\","
                                + "\"delivery\":\"at_least_once\",\"ordering\":\"ordered\",\"buffer\":{}},"
                                + "{\"from\":\"y\",\"to\":\"y\",\"delivery\":\"at_least_once\","
                                + "\"ordering\":\"ordered\",\"buffer\":{}}]}");
        assertTrue(Pictures.svg(flow).contains("no such node"));
        assertTrue(Pictures.dot(flow).contains("\"y\" -> \"y\""));
        assertTrue(Pictures.mermaid(flow).contains("at most once"));
    }

    @Test
    void anEmptyFlowIsAPictureToo() {
        FlowDefinition flow =
                read("{\"id\":\"f\",\"name\":\"f\",\"version\":\"1.0.0\",\"profile\":\"dev\"}");
        assertTrue(Pictures.svg(flow).startsWith("<svg"));
        assertTrue(Pictures.mermaid(flow).contains("flowchart LR"));
        assertTrue(Pictures.dot(flow).endsWith("}\n"));
    }

    @Test
    void aListSaysHowManyBodiesRunAtATime() {
        String flow =
                "{\"id\":\"f\",\"name\":\"f\",\"version\":\"1.0.0\",\"profile\":\"dev\",\"edges\":["
                        + "{\"from\":\"a\",\"to\":\"b\",\"delivery\":\"at_least_once\","
                        + "\"ordering\":\"ordered\",\"buffer\":{}}],\"control_surfaces\":[{\"id\":\"s\","
                        + "\"kind\":\"for_each\",\"targets\":[\"a\",\"b\"],\"config\":{\"v\":1,"
                        + "\"source\":\"a\",\"items_pointer\":\"\",\"body_entry\":\"b\"%s}}]}";
        FlowDefinition said = read(flow.formatted(",\"max_in_flight\":8"));
        assertTrue(Pictures.mermaid(said).contains("for each#44; 8 at a time"));
        assertTrue(Pictures.dot(said).contains("label=\"for each, 8 at a time\""));
        assertTrue(Pictures.svg(said).contains("for each, 8 at a time"));
        FlowDefinition unsaid = read(flow.formatted(""));
        assertTrue(Pictures.mermaid(unsaid).contains("|\"for each\"|"));
    }

    @Test
    void aWindowSaysItsSpansItsKeyAndItsTime() {
        String flow =
                "{\"id\":\"f\",\"name\":\"f\",\"version\":\"1.0.0\",\"profile\":\"dev\",\"edges\":["
                        + "{\"from\":\"a\",\"to\":\"b\",\"delivery\":\"at_least_once\","
                        + "\"ordering\":\"ordered\",\"buffer\":{}},"
                        + "{\"from\":\"b\",\"to\":\"c\",\"delivery\":\"at_least_once\","
                        + "\"ordering\":\"ordered\",\"buffer\":{}}],\"control_surfaces\":[{\"id\":\"s\","
                        + "\"kind\":\"window\",\"targets\":[\"b\"],\"config\":{\"v\":1,"
                        + "\"event_time_pointer\":\"/at\",\"allowed_lateness_ms\":0,"
                        + "\"watermark\":\"bounded\",\"target\":\"b\",%s}}]}";
        FlowDefinition sliding =
                read(
                        flow.formatted(
                                "\"size_ms\":60000,\"shape\":\"sliding\",\"every_ms\":10000,"
                                        + "\"key_pointer\":\"/customer\",\"out_of_order_ms\":500,"
                                        + "\"late\":\"c\""));
        String svg = Pictures.svg(sliding);
        assertTrue(svg.contains("windows of 1 min, every 10 s<"), svg);
        assertTrue(svg.contains("by /customer, event time<"), svg);
        assertTrue(svg.contains("500 ms out of order<"), svg);
        assertTrue(svg.contains("too late"), svg);
        FlowDefinition sessions =
                read(
                        flow.formatted(
                                "\"size_ms\":7200000,\"shape\":\"session\",\"time\":\"processing\""));
        assertTrue(Pictures.dot(sessions).contains("sessions until a gap of 2 h"));
        assertTrue(Pictures.mermaid(sessions).contains("processing time"));
    }

    private static String draw(FlowDefinition flow, String format) {
        return switch (format) {
            case "mmd" -> Pictures.mermaid(flow);
            case "dot" -> Pictures.dot(flow);
            default -> Pictures.svg(flow);
        };
    }

    private static int unescapedQuotes(String line) {
        int quotes = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                quotes++;
            }
        }
        return quotes;
    }

    private static FlowDefinition read(String text) {
        return assertInstanceOf(FlowReading.Read.class, FlowJson.read(text, "")).document().flow();
    }
}
