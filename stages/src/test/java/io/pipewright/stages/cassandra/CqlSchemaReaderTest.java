package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CqlSchemaReaderTest {

    private static CqlTable onlyTable(String cql) {
        CqlSchema schema = CqlSchemaReader.read(cql);
        assertThat(schema.problems()).isEmpty();
        assertThat(schema.tables()).hasSize(1);
        return schema.tables().get(0);
    }

    @Test
    void readsKeyspacesAndTablesWithTheirOptions() {
        CqlSchema schema = CqlSchemaReader.read(
                """
                -- the keyspace
                CREATE KEYSPACE IF NOT EXISTS shop WITH replication =
                  {'class': 'SimpleStrategy', 'replication_factor': 1} AND durable_writes = true;
                /* and its
                   tables; */
                CREATE TABLE IF NOT EXISTS shop.orders (
                  customer text,   // who
                  placed timestamp,
                  amount decimal,
                  PRIMARY KEY (customer, placed)
                ) WITH CLUSTERING ORDER BY (placed DESC) AND comment = 'it''s; one';
                CREATE INDEX ON shop.orders (amount);
                """);
        assertThat(schema.problems()).isEmpty();
        assertThat(schema.keyspaces()).containsExactly("shop");
        CqlTable orders = schema.table("shop", "orders").orElseThrow();
        assertThat(orders.columnNames()).containsExactly("customer", "placed", "amount");
        assertThat(orders.primaryKeyText()).isEqualTo("((customer), placed)");
        assertThat(orders.line()).isEqualTo(6);
    }

    @Test
    void readsEveryFormOfPrimaryKey() {
        assertThat(onlyTable("create table k.t (a int primary key, b int)").primaryKeyText())
                .isEqualTo("((a))");
        assertThat(onlyTable("create table k.t (a int, b int, primary key (a))").primaryKeyText())
                .isEqualTo("((a))");
        assertThat(onlyTable("create table k.t (a int, b int, primary key ((a, b)))")
                        .primaryKeyText())
                .isEqualTo("((a, b))");
        assertThat(onlyTable("create table k.t (a int, b int, c int, d int, primary key ((a, b), c, d))")
                        .primaryKeyText())
                .isEqualTo("((a, b), c, d)");
    }

    @Test
    void foldsNamesUnlessTheyAreQuoted() {
        CqlTable table = onlyTable("CREATE TABLE Shop.\"Orders\" (\"a \"\"b\" TEXT PRIMARY KEY, Timestamp TIMESTAMP)");
        assertThat(table.qualifiedName()).isEqualTo("shop.Orders");
        assertThat(table.columnNames()).containsExactly("a \"b", "timestamp");
    }

    @Test
    void readsTypesWithPartsAndMakesSpellingsEqual() {
        CqlTable table = onlyTable(
                """
                USE k;
                CREATE TYPE k.address (street text);
                CREATE TABLE t (a varchar PRIMARY KEY, b frozen<list<int>>, c map<text, frozen<set<uuid>>>,
                  d frozen<address>, e vector<float, 3>, f int static, g 'org.example.Type', h tuple<int, text>)
                """);
        assertThat(table.columns().stream().map(c -> c.type().text()))
                .containsExactly(
                        "text",
                        "list<int>",
                        "map<text, set<uuid>>",
                        "address",
                        "vector<float, 3>",
                        "int",
                        "org.example.Type",
                        "tuple<int, text>");
        assertThat(table.column("f").orElseThrow().kind()).isEqualTo(CqlColumn.Kind.STATIC);
    }

    @Test
    void tellsTheLineOfWhatItCannotReadAndReadsTheRest() {
        CqlSchema schema = CqlSchemaReader.read(
                """
                CREATE TABLE k.broken (
                  a int
                  b int,
                  PRIMARY KEY (a));
                CREATE TABLE k.keyless (a int);
                CREATE TABLE k.missing (a int, PRIMARY KEY (b));
                CREATE TABLE homeless (a int PRIMARY KEY);
                ALTER TABLE k.good ADD b int;
                CREATE TABLE k.good (a int PRIMARY KEY);
                """);
        assertThat(schema.qualifiedNames()).containsExactly("k.good");
        assertThat(schema.problems().stream().map(CqlProblem::line)).containsExactly(3, 5, 6, 7, 8);
        assertThat(schema.problems().get(0).message()).isEqualTo("found `b` where `,` or `)` was expected.");
        assertThat(schema.problems().get(2).message()).contains("`b`");
    }

    @Test
    void tellsATextWithoutAnEnd() {
        CqlSchema schema = CqlSchemaReader.read("\nCREATE TABLE k.t (a int PRIMARY KEY) WITH comment = 'no end");
        assertThat(schema.problems()).singleElement().satisfies(problem -> assertThat(problem.line())
                .isEqualTo(2));
    }

    @Test
    void refusesASecondTableOfOneNameUnlessToldThatItMayExist() {
        String first = "CREATE TABLE k.t (a int PRIMARY KEY);";
        assertThat(CqlSchemaReader.read(first + first).problems()).hasSize(1);
        assertThat(CqlSchemaReader.read(first + "CREATE TABLE IF NOT EXISTS k.t (a int PRIMARY KEY);")
                        .problems())
                .isEmpty();
    }
}
