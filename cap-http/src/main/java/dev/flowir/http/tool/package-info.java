/** Tools of others, called by the Model Context Protocol over HTTP. */
package dev.flowir.http.tool;
