package dev.flowir.ir.plan;

import dev.flowir.ir.ControlSurface;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What rate limits say: how often bodies of which nodes may begin. */
final class RateTables {

    private final Aliases aliases;
    private final Map<Integer, Rate> rates = new HashMap<>();

    RateTables(Aliases aliases) {
        this.aliases = aliases;
    }

    @OnlyWith(PlanFeatures.RATES)
    void rateLimit(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        int target = aliases.node(config, config.text("target"));
        long perSecond = config.unsigned("qps").orElse(0);
        long burst = config.unsigned("burst").orElse(0);
        if (perSecond == 0 || burst == 0) {
            throw config.invalid("config.qps and config.burst must be integers above zero");
        }
        long smoothing = config.unsigned("smoothing_ms").orElse(0);
        Rate rate = Rate.of(surface.id(), perSecond, burst, smoothing);
        Rate earlier = rates.put(target, rate);
        if (earlier != null) {
            throw config.invalid(
                    "'"
                            + aliases.alias(target)
                            + "' has a rate already, by surface '"
                            + earlier.surface()
                            + "'");
        }
    }

    Optional<Rate> of(int node) {
        return Optional.ofNullable(rates.get(node));
    }
}
