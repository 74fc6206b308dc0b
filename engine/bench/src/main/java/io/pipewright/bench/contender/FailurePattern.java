package io.pipewright.bench.contender;

import io.pipewright.bench.contender.Pojos.Alert;
import io.pipewright.bench.contender.Pojos.Enriched;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Three failures in direct succession, then a callback, within 30 s: by Flink CEP. */
final class FailurePattern {

    private FailurePattern() {}

    static SingleOutputStreamOperator<Alert> on(DataStream<Enriched> enriched, OutputTag<Enriched> late) {
        Pattern<Enriched, Enriched> pattern = Pattern.<Enriched>begin(
                        "failure", AfterMatchSkipStrategy.skipPastLastEvent())
                .where(SimpleCondition.of(event -> event.status.equals("FAILURE")))
                .times(3)
                .consecutive()
                .next("callback")
                .where(SimpleCondition.of(event -> event.status.equals("CALLBACK_REQUEST")))
                .within(Duration.ofSeconds(30));
        return CEP.pattern(enriched.keyBy(event -> event.customerId), pattern)
                .sideOutputLateData(late)
                .process(new AlertFunction())
                .name("repeatedFailures");
    }

    /** Makes an alert of a match. */
    private static final class AlertFunction extends PatternProcessFunction<Enriched, Alert> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processMatch(Map<String, List<Enriched>> match, Context context, Collector<Alert> out) {
            Enriched callback = match.getOrDefault("callback", List.of()).get(0);
            Alert alert = new Alert();
            alert.customerId = callback.customerId;
            alert.channel = callback.channel;
            alert.timestamp = callback.timestamp;
            alert.tier = callback.tier;
            alert.failureCount = match.getOrDefault("failure", List.of()).size();
            alert.alertType = "REPEATED_FAILURE_CALLBACK";
            out.collect(alert);
        }
    }
}
