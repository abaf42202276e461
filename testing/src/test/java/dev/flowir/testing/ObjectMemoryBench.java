package dev.flowir.testing;

import dev.flowir.object.ObjectClass;
import dev.flowir.object.ObjectLimits;
import dev.flowir.object.ObjectOptions;
import dev.flowir.object.ObjectSpace;
import java.util.ArrayList;
import java.util.List;

/** Objects in memory. */
final class ObjectMemoryBench implements ObjectBench {

    private final TestClock clock;
    private final List<ObjectSpace> spaces = new ArrayList<>();

    ObjectMemoryBench(TestClock clock) {
        this.clock = clock;
    }

    @Override
    public ObjectSpace open(ObjectLimits limits, List<ObjectClass<?>> classes) {
        ObjectOptions options = ObjectOptions.defaults().on(new TestTimeline(clock)).with(limits);
        ObjectSpace space = ObjectSpace.memory("objects", options, classes);
        spaces.add(space);
        return space;
    }

    @Override
    public void close() {
        spaces.forEach(ObjectSpace::close);
    }
}
