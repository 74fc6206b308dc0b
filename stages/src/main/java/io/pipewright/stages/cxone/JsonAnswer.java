package io.pipewright.stages.cxone;

import com.fasterxml.jackson.databind.JsonNode;

/** An answer with a 2xx status whose body is one JSON value. */
public record JsonAnswer(int status, JsonNode body) implements JsonResult {}
