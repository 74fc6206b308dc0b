package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void aPortIsGivenToNobodyElseThoughNothingListensThereYet() {
        Set<Integer> given = new HashSet<>();
        try (FreePorts ports = FreePorts.take(20)) {
            for (int i = 0; i < 20; i++) {
                assertThat(given.add(ports.get(i))).isTrue();
                assertThat(FreePorts.sign(ports.get(i))).isEmpty();
            }
        }
    }
}
