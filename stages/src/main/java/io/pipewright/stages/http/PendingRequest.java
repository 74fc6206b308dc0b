package io.pipewright.stages.http;

import io.pipewright.stages.retry.Pending;
import java.util.List;
import okhttp3.Request;

/** A request that has no outcome yet. */
final class PendingRequest extends Pending {

    final List<Outgoing> outgoing;
    final Request request;

    PendingRequest(List<Outgoing> outgoing, Request request) {
        super(outgoing.stream().map(Outgoing::record).toList());
        this.outgoing = List.copyOf(outgoing);
        this.request = request;
    }
}
