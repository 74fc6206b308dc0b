/** The {@code cep} stage: finds sequences of events of one key, with a matcher of ours or Flink CEP's. */
@NullMarked
package io.pipewright.stages.cep;

import org.jspecify.annotations.NullMarked;
