package dev.flowir.kernel.cap;

/**
 * A named set of limits and defaults that capabilities keep to. Each capability says which numbers
 * the name stands for and where each comes from, for example in {@code QueueLimits} and {@code
 * KvLimits}.
 */
public enum LimitProfile {
    /** What Cloudflare's platform enforces: code that passes here fits there. The default. */
    CLOUDFLARE_PROD,
    /** What miniflare, its local simulator, enforces; several defaults differ from production. */
    MINIFLARE,
    /** No limit but those of the machine; defaults as in {@link #CLOUDFLARE_PROD}. */
    UNBOUNDED
}
