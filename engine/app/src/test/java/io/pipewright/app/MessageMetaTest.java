package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What expressions read of messages beside their values, in cases of pipelines. */
class MessageMetaTest {

    private static final String SOURCES =
            """
            apiVersion: pipeline/v1
            name: messages
            connections:
              broker: {type: kafka, bootstrapServers: ["localhost:9092"]}
            records:
              Call: {fields: {customer: string, seconds: int, at: timestamp}}
              Customer: {fields: {id: string?, tier: string?, at: timestamp?}}
            sources:
              calls:
                type: kafka
                connection: broker
                topics: [calls]
                group: messages
                format: {type: json, record: Call}
                eventTime: {field: at, outOfOrderness: 1s}
              customers:
                type: kafka
                connection: broker
                topics: [customers]
                group: messages
                format: {type: json, record: Customer, blank: keep}
                eventTime: {field: at, missing: sourceTimestamp, outOfOrderness: 1s}
            """;

    @TempDir
    Path folder;

    @Test
    void aTombstoneDeletesWhatIsRememberedOfItsKey() throws IOException {
        String pipeline =
                """
                stages:
                  known:
                    type: add
                    from: customers
                    fields: {id: 'orElse(meta.key, "")', gone: meta.tombstone}
                  enriched:
                    type: enrich
                    from: calls
                    with: known
                    name: known
                    keyBy: {from: [customer], with: [id]}
                    ttl: 90d
                    deleteWhere: gone
                    add: {tier: 'orElse(known.tier, "NONE")', found: has(known.id)}
                sinks:
                  out: {type: print, from: enriched}
                  tooLate: {type: print, from: late}
                  failed: {type: print, from: errors}
                errors: {default: deadLetter}
                """;
        String cases =
                """
                  - name: a customer who goes
                    given:
                      customers:
                        - {at: +1s, value: {tier: GOLD}, meta: {key: c1}}
                        - {at: +3s, value: {}, meta: {key: c1, tombstone: true}}
                        - {at: +9s, value: {tier: GOLD}}
                      calls:
                        - {at: +2s, value: {customer: c1, seconds: 5}}
                        - {at: +4s, value: {customer: c1, seconds: 7}}
                    expect:
                      out: [{seconds: 5, tier: GOLD, found: true}, {seconds: 7, tier: NONE, found: false}]
                      known:
                        - {id: c1, at: +1s, gone: false}
                        - {id: c1, at: null, tier: null, gone: true}
                        - {id: "", tier: GOLD, gone: false}
                    expectNone: [tooLate, failed]
                """;
        assertThat(Answer.ofCases(folder, SOURCES + pipeline, cases).out())
                .isEqualTo("1 case passed." + System.lineSeparator());
        assertThat(Answer.ofCases(folder, SOURCES + pipeline, cases.replace(", tombstone: true", ""))
                        .out())
                .contains("`found` of `out` is `true`, not `false`.");
    }

    @Test
    void everyKindOfExpressionReadsItAndNoOutputHasIt() throws IOException {
        String pipeline =
                """
                stages:
                  routed:
                    type: route
                    from: calls
                    routes:
                      - {id: first, where: 'meta.partition == 0'}
                      - {id: rest}
                  volumes:
                    type: window
                    from: calls
                    keyBy: [customer]
                    window: {type: tumbling, size: 10s}
                    aggregate: {last: max(meta.offset), eu: 'count(meta.topic == "eu")', seconds: 'sum(seconds, has(meta.key))'}
                  flat:
                    type: flatten
                    from: calls
                    list: '["trace" in meta.headers ? meta.headers["trace"] : "", string(meta.timestamp)]'
                    name: said
                  repeated:
                    type: cep
                    from: calls
                    keyBy: [customer]
                    steps:
                      - {id: one, where: 'meta.partition == 1'}
                      - {id: two, where: 'meta.offset > 5 && size(one) > 0', contiguity: next}
                    within: 1m
                    emit: {first: 'one[0].seconds', second: 'two[0].seconds'}
                sinks:
                  all: {type: print, from: calls}
                  first: {type: print, from: routed.first}
                  rest: {type: print, from: routed.rest}
                  counts: {type: print, from: volumes}
                  texts: {type: print, from: flat}
                  pairs: {type: print, from: repeated}
                  halves: {type: print, from: repeated.timedOut}
                  tooLate: {type: print, from: late}
                  others: {type: discard, from: customers}
                  failed: {type: print, from: errors}
                errors: {default: deadLetter}
                """;
        String cases =
                """
                  - name: two calls
                    given:
                      calls:
                        - {at: +1s, value: {customer: a, seconds: 5}, meta: {partition: 1, topic: eu, headers: {trace: t1}}}
                        - {at: +2s, value: {customer: a, seconds: 7}, meta: {offset: 6, key: k, timestamp: 2025-01-31T00:00:00Z}}
                        - {at: +3s, raw: '{"customer": "b", "seconds": 9, "at": "x"}', meta: {partition: 1, offset: 8}}
                        - {at: +4s, raw: '{"customer": "b", "seconds": 9, "at": "2025-01-01T00:00:05Z"}', meta: {partition: 1, offset: 8}}
                    steps: [crash: {}]
                    expect:
                      first: [{seconds: 7}]
                      rest: [{seconds: 5}, {customer: b}]
                      counts:
                        - {customer: a, last: 6, eu: 1, seconds: 7}
                        - {customer: b, last: 8, eu: 0, seconds: 0}
                      texts:
                        - {seconds: 5, said: t1}
                        - {seconds: 5}
                        - {seconds: 7, said: ""}
                        - {seconds: 7, said: "2025-01-31T00:00:00Z"}
                        - {customer: b, said: ""}
                        - {customer: b}
                      pairs: [{first: 5, second: 7}]
                      failed: [{code: wrong-type, partition: 1, offset: 8}]
                """;
        assertThat(Answer.ofCases(folder, SOURCES + pipeline, cases).out())
                .isEqualTo("1 case passed." + System.lineSeparator());
    }
}
