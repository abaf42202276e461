package dev.flowir.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What is miswired does not compile. */
class MiswiringTest {

    private static final String FRAME =
            """
            import dev.flowir.ir.*;
            import java.util.List;
            class Sample {
              record Order(String id) {}
              record Receipt(String text) {}
              sealed interface Risk permits Low, High {}
              record Low() implements Risk {}
              record High() implements Risk {}
              interface Reader { String get(String key); }
              interface Writer extends Reader { void put(String key, String value); }
              static final ReadToken<Reader> READ =
                  ReadToken.of("kv", "main", Reader.class, "resource::kv::read", "resource::kv");
              static final WriteToken<Writer> WRITE =
                  WriteToken.of("kv", "main", Writer.class, "resource::kv::write", "resource::kv");
              static final Node<Order, Receipt> PAY = Node.pure("pay", Order.class, Receipt.class, o -> new Receipt(o.id()));
              static final Node<Low, Receipt> LOW = Node.pure("low", Low.class, Receipt.class, l -> new Receipt("low"));
              static final Node<Order, List<String>> SPLIT = Node.split("split", Order.class, String.class, o -> List.of(o.id()));
              static final Node<String, Integer> LENGTH = Node.pure("length", String.class, Integer.class, String::length);
              static Object sample() {
                return EXPRESSION;
              }
            }
            """;

    private static List<Diagnostic<? extends JavaFileObject>> errors(String expression) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String source = FRAME.replace("EXPRESSION", expression);
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///Sample.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        compiler.getTask(
                        null,
                        null,
                        found,
                        List.of(
                                "-proc:none",
                                "--release",
                                "21",
                                "-implicit:none",
                                "-d",
                                outputFolder()),
                        null,
                        List.of(file))
                .call();
        return found.getDiagnostics().stream()
                .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                .toList();
    }

    private static String outputFolder() {
        return System.getProperty("java.io.tmpdir");
    }

    private static void refuses(String expression) {
        assertFalse(errors(expression).isEmpty(), "javac accepted: " + expression);
    }

    @Test
    void theFrameItselfCompiles() {
        assertEquals(
                List.of(),
                errors("Flow.define(\"f\", \"1.0.0\", Order.class, (g, in) -> g.then(in, PAY))"));
    }

    @Test
    void anEdgeBetweenTypesThatDoNotFit() {
        refuses(
                "Flow.define(\"f\", \"1.0.0\", Order.class, (g, in) -> g.then(g.then(in, PAY), PAY))");
    }

    @Test
    void anEachOverSomethingThatIsNoList() {
        refuses("Flow.define(\"f\", \"1.0.0\", Order.class, (g, in) -> g.each(in, 2, LENGTH))");
    }

    @Test
    void anEachWithANodeForAnotherItem() {
        refuses(
                "Flow.define(\"f\", \"1.0.0\", Order.class, (g, in) -> g.each(g.then(in, SPLIT), 2, PAY))");
    }

    @Test
    void anArmThatIsNotOfTheSealedType() {
        refuses(
                """
                Flow.<Risk, Receipt>define("f", "1.0.0", Risk.class,
                    (g, in) -> g.choose(in, Risk.class, Receipt.class).on(Order.class, PAY).merge("m"))
                """);
    }

    @Test
    void anArmWhoseNodeTakesAnotherClass() {
        refuses(
                """
                Flow.<Risk, Receipt>define("f", "1.0.0", Risk.class,
                    (g, in) -> g.choose(in, Risk.class, Receipt.class).on(High.class, LOW).merge("m"))
                """);
    }

    @Test
    void aJoinWhoseFunctionTakesOtherTypes() {
        refuses(
                """
                Flow.<Order, Receipt>define("f", "1.0.0", Order.class,
                    (g, in) -> g.join("j", in, g.then(in, SPLIT), Receipt.class,
                        (Order o, Integer n) -> new Receipt(o.id())))
                """);
    }

    @Test
    void aWriteThroughAReader() {
        refuses(
                """
                Node.reads("n", String.class, String.class, READ,
                    (kv, key, context) -> { kv.put(key, "x"); return key; })
                """);
        assertEquals(
                List.of(),
                errors(
                        "Node.reads(\"n\", String.class, String.class, READ, (kv, key, context) -> kv.get(key))"));
    }

    @Test
    void aWritingTokenForAReadingNode() {
        refuses(
                """
                Node.reads("n", String.class, String.class, WRITE,
                    (kv, key, context) -> kv.get(key))
                """);
    }

    @Test
    void aResultOfTheWrongType() {
        List<Diagnostic<? extends JavaFileObject>> errors =
                errors(
                        """
                        Flow.<Order, String>define("f", "1.0.0", Order.class, (g, in) -> g.then(in, PAY))
                        """);
        assertTrue(
                errors.get(0).getMessage(Locale.ROOT).contains("Receipt"),
                () -> "the message should name the type: " + errors);
    }
}
