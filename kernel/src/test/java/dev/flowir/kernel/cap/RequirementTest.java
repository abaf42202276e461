package dev.flowir.kernel.cap;

import static dev.flowir.ir.Requirement.anyOf;
import static dev.flowir.ir.Requirement.atLeast;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.ir.Guarantee;
import dev.flowir.ir.ReadToken;
import dev.flowir.ir.Requirement;
import dev.flowir.ir.Token;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What tokens require of backends, and what preflight says of those that are not enough. */
class RequirementTest {

    private static final Descriptor ON_DISK =
            new Descriptor(
                    Descriptor.Consistency.STRONG,
                    Descriptor.Durability.LOCAL_DISK,
                    Descriptor.Ttl.NONE,
                    Descriptor.Order.PER_KEY,
                    Set.of(Guarantee.COMPARE_AND_SET));

    private static final ReadToken<Runnable> TOKEN =
            ReadToken.of("thing", "t", Runnable.class, "resource::thing::read", "resource::thing");

    private record Thing(Descriptor descriptor) implements CapabilityProvider {
        @Override
        public String kind() {
            return "thing.test";
        }

        @Override
        public String binding() {
            return "t";
        }

        @Override
        public Set<String> hints() {
            return Set.of("resource::thing::read");
        }

        @Override
        public <H> H handle(Token<H> token, Scope scope) {
            return token.handle().cast((Runnable) () -> {});
        }
    }

    private static List<String> missing(Requirement... requirements) {
        ReadToken<Runnable> token = TOKEN;
        for (Requirement one : requirements) {
            token = token.requiring(one);
        }
        return Capabilities.of(new Thing(ON_DISK)).missing(token.effectHints(), List.of(token));
    }

    @Test
    void levelsAreMetByThemselvesAndByHigherOnes() {
        assertTrue(ON_DISK.meets(atLeast("durability", "none")));
        assertTrue(ON_DISK.meets(atLeast("durability", "local_disk")));
        assertFalse(ON_DISK.meets(atLeast("durability", "replicated")));
        assertTrue(ON_DISK.meets(atLeast("consistency", "eventual")));
        assertTrue(ON_DISK.meets(atLeast("consistency", "strong")));
        assertFalse(
                new Descriptor(
                                Descriptor.Consistency.EVENTUAL,
                                Descriptor.Durability.REPLICATED,
                                Descriptor.Ttl.NATIVE,
                                Descriptor.Order.NONE,
                                Set.of())
                        .meets(atLeast("consistency", "strong")));
        assertTrue(ON_DISK.meets(atLeast("ttl", "none")));
        assertFalse(ON_DISK.meets(atLeast("ttl", "native")));
        assertTrue(ON_DISK.meets(atLeast("ordering", "per_key")));
        assertFalse(ON_DISK.meets(atLeast("ordering", "total")));
    }

    @Test
    void oneOfSeveralWillDo() {
        Requirement either =
                anyOf(
                        atLeast("durability", "replicated"),
                        Requirement.of(Guarantee.COMPARE_AND_SET));
        assertTrue(ON_DISK.meets(either));
        assertFalse(
                ON_DISK.meets(anyOf(atLeast("ttl", "native"), Requirement.of(Guarantee.EXPIRY))));
        assertThrows(IllegalArgumentException.class, Requirement::anyOf);
    }

    @Test
    void whatIsUnknownIsNotMet() {
        for (Requirement unknown :
                List.of(
                        atLeast("latency", "low"),
                        atLeast("durability", "paper"),
                        atLeast("durability", "LOCAL_DISK"),
                        atLeast("", ""))) {
            assertFalse(ON_DISK.meets(unknown), unknown::wire);
        }
    }

    @Test
    void cap101_whatIsPresentButIncompatibleIsNamedWithAllItLacks() {
        assertEquals(
                List.of(
                        "resource::thing::read (thing.test 't' lacks any_of(durability>=replicated,"
                                + " expiry))",
                        "resource::thing::read (thing.test 't' lacks latency>=low)"),
                missing(
                        Requirement.of(Guarantee.DURABILITY),
                        anyOf(
                                atLeast("durability", "replicated"),
                                Requirement.of(Guarantee.EXPIRY)),
                        atLeast("latency", "low")));
        assertEquals(List.of(), missing(atLeast("consistency", "strong")));
    }

    @Test
    void tokensOfOtherRequirementsAreOthers() {
        ReadToken<Runnable> asking = TOKEN.requiring(atLeast("consistency", "strong"));
        assertNotEquals(TOKEN, asking);
        assertEquals(asking, asking.requiring(atLeast("consistency", "strong")));
        assertEquals(
                TOKEN.requiring(Guarantee.EXPIRY),
                TOKEN.requiring(Requirement.of(Guarantee.EXPIRY)));
    }
}
