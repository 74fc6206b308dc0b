package io.pipewright.spi.type;

/** A map from strings to values of one type, none of them null; held as an unmodifiable {@link java.util.Map}. */
public record MapType(DataType value) implements DataType {

    // By hand, as in RecordType.
    @Override
    public boolean equals(Object other) {
        return other instanceof MapType map && value.equals(map.value);
    }

    @Override
    public int hashCode() {
        return 37 * value.hashCode();
    }

    @Override
    public String text() {
        return "map<string," + value.text() + ">";
    }
}
