package io.pipewright.stages.cxone;

/** What came of a call: an answer with a 2xx status, or a failure that says what to do. */
public sealed interface HttpResult permits HttpAnswer, HttpFailure {}
