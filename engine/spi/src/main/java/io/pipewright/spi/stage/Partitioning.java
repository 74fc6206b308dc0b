package io.pipewright.spi.stage;

import java.util.List;

/**
 * What is known of how the records of an output are spread over the subtasks of their stage. A reader that needs just
 * this spread takes it over instead of sending every record through the network again.
 *
 * <p>A claim that is wrong sends records to subtasks that do not own their keys, so {@link Unknown} is right whenever
 * there is a doubt.
 */
public sealed interface Partitioning {

    /** Nothing is known. */
    Partitioning UNKNOWN = new Unknown();

    /** Nothing is known. */
    record Unknown() implements Partitioning {}

    /**
     * The output leaves an operator that was keyed by {@link BuildContext#keyBy}, and each record holds the key it was
     * there processed under.
     *
     * @param fields of the output: the key's values, with the types and in the order of the fields that were keyed by
     * @param inOrder whether the records of each key leave in the order of their event times, each before the watermark
     *     that reaches its time; then a reader by this key need not wait for the watermark to have them in order
     */
    record ByKey(List<String> fields, boolean inOrder) implements Partitioning {
        public ByKey {
            fields = List.copyOf(fields);
        }
    }

    /**
     * Each record leaves the subtask that one of the input came to, and what both have fields of one name for has the same
     * value in both.
     *
     * @param name of the input, such as {@link StagePlan#FROM}
     */
    record OfInput(String name) implements Partitioning {}
}
