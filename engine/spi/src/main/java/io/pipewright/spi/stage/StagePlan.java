package io.pipewright.spi.stage;

import io.pipewright.spi.expression.CheckedExpression;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a stage found out about itself while it was planned: checked expressions and types, nothing of Flink. It is
 * serializable because operators carry what they need of it.
 */
public interface StagePlan extends Serializable {

    /** The name of the input that {@code from} is. */
    String FROM = "from";

    /** The outputs with their full types; {@code errors} is not among them. A sink has none. */
    List<OutputPort> outputs();

    /**
     * Which fields the stage needs of each input, given which fields of each output are read downstream. Called once,
     * after everything downstream was asked. An unread output is absent from {@code readOfOutputs}.
     */
    Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs);

    /**
     * Of which records of an input these fields are ever seen: conditions over other fields of it, of which a record meets
     * one if anything of these fields can show in an output, in a failure too, or in state that outlives an edit. Empty if
     * they may be seen of all records. Whoever computes the fields need not do so for other records.
     *
     * <p>Asked only of an input that has no late records. None of the conditions may fail.
     */
    default List<CheckedExpression> seenWhere(
            String input, Set<String> fields, Map<String, Set<String>> readOfOutputs) {
        return List.of();
    }

    /** How the records of an output are spread over the subtasks; {@code errors} is never asked for. */
    default Partitioning partitioning(String port) {
        return Partitioning.UNKNOWN;
    }

    /**
     * Whether the stage itself makes rows of this output that replace or delete earlier ones, as {@link RowChange} says;
     * those that it only passes on do not count.
     */
    default boolean changes(String port) {
        return false;
    }

    /** Whether a source is known to go on for good; nobody asks those that are none. */
    default boolean isEndless() {
        return false;
    }

    /** Names and structure of the state it keeps, for comparing two versions of a pipeline; empty for none. */
    default String stateSignature() {
        return "";
    }

    /** Facts worth showing in {@code graph} and {@code describe}, such as {@code matcher: Flink CEP}. */
    default List<String> notes() {
        return List.of();
    }
}
