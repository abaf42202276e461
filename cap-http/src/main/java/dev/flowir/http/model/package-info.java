/** Models behind HTTP: text with streaming and structured answers, and classifiers of images. */
package dev.flowir.http.model;
