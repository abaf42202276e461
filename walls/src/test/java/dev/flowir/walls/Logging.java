package dev.flowir.walls;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Who may log, and through what. */
final class Logging {

    private static final String[] HOSTS = {
        "dev.flowir.servlet..",
        "dev.flowir.wasm..",
        "dev.flowir.restate..",
        "dev.flowir.cli..",
        "dev.flowir.examples..",
        "dev.flowir.benchmarks.."
    };

    private Logging() {}

    static ArchRule rule() {
        return ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages(HOSTS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .allowEmptyShould(true)
                .as("only hosts and programs touch java.util.logging; everyone else uses SLF4J");
    }
}
