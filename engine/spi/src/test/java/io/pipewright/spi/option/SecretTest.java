package io.pipewright.spi.option;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    private record Login(String user, Secret password) {}

    @Test
    void theTextIsDotsWhateverTheLength() {
        assertThat(Secret.of("hunter2")).hasToString("••••");
        assertThat(Secret.of("")).hasToString("••••");
        assertThat(new Login("ada", Secret.of("hunter2")).toString()).doesNotContain("hunter2");
    }

    @Test
    void secretsAreEqualByValue() {
        assertThat(Secret.of("a")).isEqualTo(Secret.of("a")).hasSameHashCodeAs(Secret.of("a"));
        assertThat(Secret.of("a")).isNotEqualTo(Secret.of("b")).isNotEqualTo("a");
    }

    @Test
    void revealGivesTheValue() {
        assertThat(Secret.of("hunter2").reveal()).isEqualTo("hunter2");
        assertThat(Secret.of("").isEmpty()).isTrue();
    }
}
