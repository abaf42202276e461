package dev.flowir.kernel;

import java.time.Duration;
import java.util.Optional;

/** A run that was refused: it has its result from the beginning. */
record RefusedRun<O>(Failure failure) implements Run<O> {

    @Override
    public String id() {
        return "";
    }

    @Override
    public Result<O> await() {
        return new Result.Failed<>(failure);
    }

    @Override
    public Optional<Result<O>> await(Duration limit) {
        return Optional.of(await());
    }

    @Override
    public void cancel(String reason) {
        // nothing was started
    }
}
