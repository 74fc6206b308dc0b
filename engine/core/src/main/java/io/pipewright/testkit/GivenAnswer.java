package io.pipewright.testkit;

import java.io.Serializable;
import java.util.Map;

/** An answer that a test gives to a stage that asks a server, in the server's place; values are by field names. */
public sealed interface GivenAnswer extends Serializable {

    /** What is asked. */
    Map<String, ?> question();

    /** The server knows a record. */
    record Found(Map<String, ?> question, Map<String, ?> record) implements GivenAnswer {}

    /** The server refuses to answer, for good. */
    record Refused(Map<String, ?> question, String reason) implements GivenAnswer {}
}
