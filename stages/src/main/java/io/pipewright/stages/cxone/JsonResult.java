package io.pipewright.stages.cxone;

/** What came of a call whose answer must be JSON. */
public sealed interface JsonResult permits JsonAnswer, HttpFailure {}
