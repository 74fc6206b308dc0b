package io.pipewright.app;

import io.pipewright.sandbox.CassandraRows;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.sandbox.SandboxServers;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.sandbox.cxone.ApiAccount;
import io.pipewright.sandbox.cxone.CxoneApiSimulator;
import io.pipewright.sandbox.cxone.CxoneTables;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** What the first pipeline needs, started once for all test classes: Kafka, Cassandra, CXone; topics and tables are there. */
record LiveServers(SandboxServers servers, CxoneApiSimulator api, SandboxTopics topics, CassandraRows cassandra)
        implements ExtensionContext.Store.CloseableResource {

    static LiveServers start() {
        SandboxServers servers =
                SandboxServers.start(SandboxHome.ofProject(TestPlace.root()), TestPlace.folder("servers"));
        SandboxTopics topics = new SandboxTopics(servers.kafka().bootstrapServers());
        CassandraRows cassandra = CassandraRows.connect(servers.cassandra().contactPoint());
        CxoneTables.createTopics(topics, 2);
        cassandra.runScript(TestPlace.root().resolve("pipelines/cxone.cql"));
        return new LiveServers(servers, CxoneApiSimulator.start(ApiAccount.sandbox()), topics, cassandra);
    }

    /** The variables that the pipeline reads. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(accountOf(api));
        environment.put("KAFKA_BOOTSTRAP", servers.kafka().bootstrapServers());
        environment.put("CASSANDRA_HOSTS", servers.cassandra().hostAndPort());
        return environment;
    }

    /** The same with one variable more, or another value of it. */
    Map<String, String> environment(String name, String value) {
        Map<String, String> environment = environment();
        environment.put(name, value);
        return environment;
    }

    /** The variables of an API. */
    static Map<String, String> accountOf(CxoneApiSimulator api) {
        ApiAccount account = ApiAccount.sandbox();
        return Map.of(
                "CXONE_API", api.baseUrl().toString().replaceAll("/$", ""),
                "CXONE_TOKEN_URL", api.tokenUrl().toString(),
                "CXONE_CLIENT_ID", account.clientId(),
                "CXONE_CLIENT_SECRET", account.clientSecret(),
                "CXONE_ACTION_ID", account.actionId());
    }

    @Override
    public void close() {
        cassandra.close();
        topics.close();
        api.close();
        servers.close();
    }

    /** Gives tests the servers, starting them for the first one that asks. */
    static final class Resolver implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == LiveServers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .getOrComputeIfAbsent(LiveServers.class, key -> start(), LiveServers.class);
        }
    }
}
