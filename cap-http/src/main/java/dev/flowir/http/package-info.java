/** Calls to services outside: tokens, requests, replies, event streams, and the endpoint. */
package dev.flowir.http;
