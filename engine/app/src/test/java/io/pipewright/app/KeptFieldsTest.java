package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of fields that a record does not name and keeps, in cases of a pipeline. */
class KeptFieldsTest {

    private static final String PIPELINE =
            """
            apiVersion: pipeline/v1
            name: kept
            records:
              Call:
                fields: {id: string, seconds: int, at: timestamp}
                unknown: keep
              Short: {fields: {id: string}}
              Other: {fields: {id: string, at: timestamp}, unknown: keep}
            sources:
              calls:
                type: file
                path: calls.jsonl
                format: {type: json, record: Call}
                eventTime: {field: at, outOfOrderness: 0s}
            stages:
              long: {type: filter, from: calls, where: seconds > 5}
              routed:
                type: route
                from: long
                routes:
                  - {id: short, where: 'id == "a"', record: Short}
                  - {id: other, record: Other}
              last: {type: latest, from: calls, keyBy: [id], ttl: 1h}
              known:
                type: enrich
                from: calls
                with: long
                name: before
                keyBy: {from: [id], with: [id]}
                ttl: 1h
                add: {before: 'orElse(before.seconds, 0)'}
              made: {type: select, from: calls, fields: {id: id}}
              volumes:
                type: window
                from: calls
                keyBy: [id]
                window: {type: tumbling, size: 1m}
                aggregate: {n: count()}
            sinks:
              out: {type: file, from: long, path: out, format: {type: json}}
              short: {type: print, from: routed.short}
              other: {type: print, from: routed.other}
              rows: {type: print, from: last}
              enriched: {type: print, from: known}
              selected: {type: print, from: made}
              counted: {type: print, from: volumes}
              tooLate: {type: print, from: volumes.late}
              allLate: {type: print, from: late}
              failed: {type: print, from: errors}
            errors: {default: deadLetter}
            """;

    @TempDir
    Path folder;

    @Test
    void theyGoWhereTheRecordGoesAndIntoNoRecordThatIsMade() throws IOException {
        String cases =
                """
                  - name: two calls, and a late one
                    given:
                      calls:
                        - {at: +1s, value: {id: a, seconds: 7, tags: [x, 1], more: {n: 2}}}
                        - {at: +2s, raw: '{"at": "2025-01-01T00:00:02Z", "id": "b", "seconds": 9, "x": 1.50}'}
                        - {at: +90s, value: {id: b, seconds: 1, none: null}}
                        - {at: +3s, value: {id: c, seconds: 2, x: "late"}}
                    steps: [crash: {}]
                    expect:
                      out: [{id: a, tags: [x, 1], more: {n: 2}}, {id: b, x: 1.5}]
                      short: [{id: a}]
                      other: [{id: b, x: 1.5}]
                      rows: [{id: a, tags: [x, 1]}, {id: b, x: 1.5}, {id: b, none: null}]
                      enriched:
                        - {id: a, before: 7, tags: [x, 1]}
                        - {id: b, before: 9, x: 1.5}
                        - {id: b, before: 9, none: null}
                      selected: [{id: a}, {id: b}, {id: b}, {id: c}]
                      counted: [{id: a, n: 1}, {id: b, n: 1}, {id: b, n: 1}]
                      tooLate: [{id: c, x: late}]
                      allLate:
                        - {stage: volumes, record: {id: c, seconds: 2, at: "2025-01-01T00:00:03.000Z", x: late}}
                        - {stage: last}
                        - {stage: known}
                    expectNone: [failed]
                """;
        assertThat(Answer.ofCases(folder, PIPELINE, cases).out()).isEqualTo("1 case passed." + System.lineSeparator());
    }
}
