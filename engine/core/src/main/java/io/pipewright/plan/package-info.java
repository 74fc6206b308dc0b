/** From a definition to a graph whose every edge, expression and column has a type. */
@NullMarked
package io.pipewright.plan;

import org.jspecify.annotations.NullMarked;
