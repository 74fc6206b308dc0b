package io.pipewright.stages.avro;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A schema of Avro 1.11, with the logical types that change what a value is to us. */
sealed interface AvroSchema {

    /** The type as messages name it. */
    String text();

    /** A type without parts. */
    enum Plain implements AvroSchema {
        NULL,
        BOOLEAN,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        BYTES,
        STRING;

        @Override
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A number that is a time, such as {@code timestamp-millis}.
     *
     * @param base {@code INT} or {@code LONG}
     * @param name of the logical type, whatever it is
     */
    record Time(Plain base, String name) implements AvroSchema {

        static final String DATE = "date";
        static final String MILLIS = "timestamp-millis";
        static final String MICROS = "timestamp-micros";

        @Override
        public String text() {
            return name;
        }
    }

    /**
     * A decimal.
     *
     * @param size in bytes, of a fixed one; -1 for any
     */
    record Decimal(int size, int precision, int scale) implements AvroSchema {
        @Override
        public String text() {
            return "decimal(" + precision + ", " + scale + ")";
        }
    }

    /** So many bytes. */
    record Fixed(String name, int size) implements AvroSchema {
        @Override
        public String text() {
            return "fixed " + name;
        }
    }

    /** One of some symbols. */
    record Enumeration(String name, List<String> symbols) implements AvroSchema {
        public Enumeration {
            symbols = List.copyOf(symbols);
        }

        @Override
        public String text() {
            return "enum " + name;
        }
    }

    /** A list. */
    record ArrayOf(AvroSchema items) implements AvroSchema {
        @Override
        public String text() {
            return "array";
        }
    }

    /** A map of texts. */
    record MapOf(AvroSchema values) implements AvroSchema {
        @Override
        public String text() {
            return "map";
        }
    }

    /** One of some types. */
    record Union(List<AvroSchema> branches) implements AvroSchema {
        public Union {
            branches = List.copyOf(branches);
        }

        @Override
        public String text() {
            return "union";
        }
    }

    /** A record; it may contain itself, so its fields come after it is known by name. */
    final class Struct implements AvroSchema {

        private final String name;
        private List<Member> members = List.of();

        Struct(String name) {
            this.name = name;
        }

        void complete(List<Member> all) {
            members = List.copyOf(all);
        }

        List<Member> members() {
            return members;
        }

        @Nullable
        Member member(String wanted) {
            return members.stream()
                    .filter(member -> member.name().equals(wanted))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public String text() {
            return "record " + name;
        }
    }

    /**
     * A field of a record.
     *
     * @param byDefault as JSON; null for none
     */
    record Member(String name, List<String> aliases, AvroSchema schema, @Nullable JsonNode byDefault) {
        public Member {
            aliases = List.copyOf(aliases);
        }
    }
}
