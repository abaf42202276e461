package dev.flowir.examples.checkout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.flowir.examples.checkout.Checkout.Order;
import dev.flowir.examples.checkout.Checkout.Receipt;
import dev.flowir.kernel.Failure;
import dev.flowir.kernel.Result;
import dev.flowir.kernel.Runtime;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckoutTest {

    private static Result<Receipt> order(Runtime runtime, String... skus) {
        return runtime.run(Checkout.CHECKOUT, new Order("o-1", List.of(skus)));
    }

    @Test
    void aSmallOrderIsChargedAndALargeOneHeld() {
        try (Runtime runtime = Runtime.builder().capabilities(Checkout.CAPABILITIES).build()) {
            assertEquals(new Receipt("charged 900 cents"), order(runtime, "tea", "tea").orThrow());
            assertEquals(
                    new Receipt("held for review"), order(runtime, "tea", "pot", "tea").orThrow());
        }
    }

    @Test
    void aFailureNamesTheNodeAndItsPlace() {
        try (Runtime runtime = Runtime.builder().capabilities(Checkout.CAPABILITIES).build()) {
            Failure failure =
                    assertInstanceOf(Result.Failed.class, order(runtime, "cup")).failure();
            assertTrue(failure.message().contains("'quote' (Checkout.java:"), failure::message);
            assertTrue(failure.message().contains("no price for cup"), failure::message);
        }
    }

    @Test
    void withoutPricesItIsRefusedBeforeAnythingRuns() {
        try (Runtime runtime = Runtime.builder().build()) {
            Failure failure =
                    assertInstanceOf(Result.Failed.class, order(runtime, "tea")).failure();
            assertEquals(
                    new Failure.MissingCapabilities(
                            List.of("resource::kv::read", "resource::kv::write")),
                    failure);
        }
    }
}
