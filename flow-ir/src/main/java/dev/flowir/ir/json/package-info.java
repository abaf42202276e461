/** JSON of the IR and of payloads, over Jackson 3, which stays inside. */
package dev.flowir.ir.json;
