/** JSON as services write it: read member by member, and made. */
package dev.flowir.http.json;
