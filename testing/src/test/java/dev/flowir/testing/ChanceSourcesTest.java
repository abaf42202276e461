package dev.flowir.testing;

import dev.flowir.kernel.cap.CapabilityProvider;
import dev.flowir.time.ChanceSource;
import org.junit.jupiter.api.Nested;

/** All sources of random numbers keep the contract. */
class ChanceSourcesTest {

    private static final long SEED = 20260101;

    @Nested
    class Secure extends ChanceContractTest {
        @Override
        protected ChanceBench open(TestClock clock) {
            CapabilityProvider provider = ChanceSource.secure("dice");
            return () -> provider;
        }
    }

    @Nested
    class PerItem extends ChanceContractTest {
        @Override
        protected ChanceBench open(TestClock clock) {
            CapabilityProvider provider = ChanceSource.perItem("dice", SEED);
            return new ChanceBench() {
                @Override
                public CapabilityProvider provider() {
                    return provider;
                }

                @Override
                public boolean isPerItem() {
                    return true;
                }

                @Override
                public CapabilityProvider again() {
                    return ChanceSource.perItem("dice", SEED);
                }
            };
        }
    }

    @Nested
    class InOrder extends ChanceContractTest {
        @Override
        protected ChanceBench open(TestClock clock) {
            CapabilityProvider provider = ChanceSource.inOrder("dice", SEED);
            return new ChanceBench() {
                @Override
                public CapabilityProvider provider() {
                    return provider;
                }

                @Override
                public boolean isInOrder() {
                    return true;
                }

                @Override
                public CapabilityProvider again() {
                    return ChanceSource.inOrder("dice", SEED);
                }
            };
        }
    }
}
