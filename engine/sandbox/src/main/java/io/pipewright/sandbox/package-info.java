/**
 * Real servers for tests and for {@code demo}: Kafka, Cassandra and a Flink cluster, each in processes of its own on free
 * loopback ports, and the clients that fill and read them.
 *
 * <p>Nothing here knows the engine or links to Flink: what a pipeline does is judged from outside.
 */
@NullMarked
package io.pipewright.sandbox;

import org.jspecify.annotations.NullMarked;
