package dev.flowir.ir.plan;

import dev.flowir.ir.ControlSurface;
import dev.flowir.ir.JsonValue;
import dev.flowir.ir.NodeDefinition;
import dev.flowir.ir.SurfaceCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** What partitions say: on which edges keys take turns. */
final class PartitionTables {

    private final Aliases aliases;
    private final Surroundings around;
    private final Map<Integer, Sharding> shardings = new HashMap<>();

    PartitionTables(Aliases aliases, Surroundings around) {
        this.aliases = aliases;
        this.around = around;
    }

    /** Without a pointer to the key a partition says nothing, as in the reference. */
    @OnlyWith(PlanFeatures.PARTITIONS)
    void partition(ControlSurface surface) throws RefusedException {
        ConfigReader config = new ConfigReader(surface);
        if (config.textIfPresent("key_pointer").isEmpty()) {
            return;
        }
        Map<String, JsonValue> edge = config.object("edge");
        int from = aliases.node(config, end(config, edge, "from"));
        int to = aliases.target(config, from, end(config, edge, "to"));
        NodeDefinition target = aliases.flow().nodes().get(to);
        if (!target.join().isEmpty()) {
            throw config.invalid("'" + target.alias() + "' joins; put a node between");
        }
        OptionalLong asked = config.unsigned("max_waiting_per_key");
        if (asked.isPresent() && asked.getAsLong() == 0) {
            throw config.invalid("config.max_waiting_per_key must be an integer above zero");
        }
        int perKey = (int) Math.min(asked.orElse(Integer.MAX_VALUE), Integer.MAX_VALUE);
        Sharding sharding =
                new Sharding(surface.id(), key(surface, config), perKey, Optional.empty());
        List<Integer> edges = aliases.edges(from, to);
        for (int index : edges) {
            if (aliases.flow().edges().get(index).buffer().spillTier().isPresent()) {
                throw config.invalid("the edge spills, and what is spilled has no key to go by");
            }
            Sharding earlier = shardings.put(index, sharding);
            if (earlier != null) {
                throw config.invalid("the edge is partitioned by '" + earlier.surface() + "'");
            }
        }
    }

    Optional<Sharding> of(int edge) {
        return Optional.ofNullable(shardings.get(edge));
    }

    private static String end(ConfigReader config, Map<String, JsonValue> edge, String which)
            throws RefusedException {
        if (edge.get(which) instanceof JsonValue.Text alias) {
            return alias.value();
        }
        throw config.invalid("config.edge." + which + " must be a text");
    }

    private Function<Object, Object> key(ControlSurface surface, ConfigReader config)
            throws RefusedException {
        Optional<Function<Object, Object>> typed =
                around.code().apply(surface.id()).flatMap(SurfaceCode::key);
        if (typed.isPresent()) {
            Function<Object, Object> function = typed.get();
            return item -> Optional.ofNullable(function.apply(item)).orElse(Sharding.NO_KEY);
        }
        JsonPointer pointer = config.pointer("key_pointer");
        return item -> pointer.resolve(item).orElse(Sharding.NO_KEY);
    }
}
