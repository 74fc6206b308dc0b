package io.pipewright.stages.cassandra;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the declarations of a schema file: {@code CREATE KEYSPACE}, {@code CREATE TYPE}, {@code CREATE TABLE} and
 * {@code USE}. Other statements are passed over, except those that change a table, which are a problem: they would make
 * it another one than is declared. A statement with a problem does not keep the others from being read.
 */
final class CqlSchemaReader {

    private final CqlTokens tokens;
    private final Set<String> keyspaces = new LinkedHashSet<>();
    private final List<CqlTable> tables = new ArrayList<>();
    private final List<CqlProblem> problems = new ArrayList<>();
    private @Nullable String currentKeyspace;

    private CqlSchemaReader(CqlTokens tokens) {
        this.tokens = tokens;
    }

    /** The schema, with its problems. */
    static CqlSchema read(String text) {
        CqlSchemaReader reader;
        try {
            reader = new CqlSchemaReader(new CqlTokens(CqlLexer.tokens(text)));
        } catch (CqlSyntaxException e) {
            return new CqlSchema(Set.of(), List.of(), List.of(e.problem()));
        }
        return reader.run();
    }

    private CqlSchema run() {
        while (!tokens.atEnd()) {
            try {
                statement();
            } catch (CqlSyntaxException e) {
                problems.add(e.problem());
            }
            tokens.skipStatement();
        }
        return new CqlSchema(keyspaces, tables, problems);
    }

    private void statement() {
        if (tokens.accept("use")) {
            currentKeyspace = tokens.name("a keyspace");
        } else if (tokens.accept("alter")) {
            refuseChange("alter");
        } else if (tokens.accept("drop")) {
            refuseChange("drop");
        } else if (tokens.accept("create")) {
            create();
        }
    }

    private void refuseChange(String verb) {
        CqlToken what = tokens.peek();
        if (what.is("table") || what.is("columnfamily") || what.is("keyspace")) {
            throw new CqlSyntaxException(
                    what.line(),
                    "`" + verb + " " + what.text() + "` is not read here.",
                    "declare each table once, as it is to be, with CREATE TABLE.");
        }
    }

    private void create() {
        if (tokens.accept("keyspace")) {
            tokens.acceptIfNotExists();
            keyspaces.add(tokens.name("a keyspace"));
        } else if (tokens.accept("table") || tokens.accept("columnfamily")) {
            boolean ifNotExists = tokens.acceptIfNotExists();
            table(ifNotExists);
        }
    }

    private void table(boolean ifNotExists) {
        int line = tokens.peek().line();
        String first = tokens.name("a table");
        String keyspace = currentKeyspace;
        String name = first;
        if (tokens.accept(".")) {
            keyspace = first;
            name = tokens.name("a table");
        }
        if (keyspace == null) {
            throw new CqlSyntaxException(
                    line,
                    "table `" + name + "` is in no keyspace.",
                    "write `keyspace." + name + "`, or USE one before.");
        }
        CqlTable table = new CqlTableReader(tokens, keyspace, name, line).read();
        boolean known = new CqlSchema(keyspaces, tables, List.of())
                .table(keyspace, name)
                .isPresent();
        if (!known) {
            tables.add(table);
        } else if (!ifNotExists) {
            throw new CqlSyntaxException(
                    line, "table `" + table.qualifiedName() + "` is declared twice.", "remove one of the two.");
        }
    }
}
