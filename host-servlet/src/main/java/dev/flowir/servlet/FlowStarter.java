package dev.flowir.servlet;

import dev.flowir.ir.Flow;
import dev.flowir.kernel.Invocation;
import dev.flowir.kernel.Run;

/** Starts runs: the one thing the host asks of the kernel. */
interface FlowStarter {

    <I, O> Run<O> start(Flow<I, O> flow, Invocation<I> invocation);
}
