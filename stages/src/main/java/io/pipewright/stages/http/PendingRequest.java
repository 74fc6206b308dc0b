package io.pipewright.stages.http;

import java.util.List;
import okhttp3.Request;

/** A request that has no outcome yet; touched by the task's thread alone. */
final class PendingRequest {

    final List<Outgoing> records;
    final Request request;

    /** Attempts that count against its records. */
    int counted;

    /** All attempts that failed. */
    int failed;

    /** {@link io.pipewright.stages.retry.Reachability#answers} when the current attempt began. */
    long answersBefore;

    PendingRequest(List<Outgoing> records, Request request) {
        this.records = records;
        this.request = request;
    }
}
