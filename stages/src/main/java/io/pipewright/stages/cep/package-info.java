/** The {@code cep} stage: finds sequences of events of one key, with Flink CEP. */
@NullMarked
package io.pipewright.stages.cep;

import org.jspecify.annotations.NullMarked;
