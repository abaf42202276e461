package dev.flowir.servlet;

/** What answers at a path. */
sealed interface RouteHandler permits FlowRoute, PageRoute, WireRoute {}
