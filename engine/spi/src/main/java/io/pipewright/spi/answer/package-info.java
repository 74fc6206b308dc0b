/** What a stage that asks a server about its records needs of the server, so that others can answer in its place. */
@NullMarked
package io.pipewright.spi.answer;

import org.jspecify.annotations.NullMarked;
