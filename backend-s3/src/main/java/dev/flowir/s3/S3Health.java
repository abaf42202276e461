package dev.flowir.s3;

import java.time.Duration;

/** Whether a bucket answers. */
public sealed interface S3Health {

    /**
     * It does.
     *
     * @param after how long it took
     */
    record Answers(Duration after) implements S3Health {}

    /**
     * It does not.
     *
     * @param failure what calls end in now
     */
    record Silent(S3CallException failure) implements S3Health {}
}
