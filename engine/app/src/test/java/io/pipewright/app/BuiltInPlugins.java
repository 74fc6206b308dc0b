package io.pipewright.app;

import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/** The plugins that come with Pipewright, without those that tests add to the class path. */
final class BuiltInPlugins {

    private BuiltInPlugins() {}

    static Plugins load() {
        return new Plugins(PluginCatalog.load(new WithoutTests(BuiltInPlugins.class.getClassLoader())));
    }

    private static final class WithoutTests extends ClassLoader {
        WithoutTests(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return Collections.enumeration(Collections.list(super.getResources(name)).stream()
                    .filter(url -> !url.getPath().contains("/test-classes/"))
                    .toList());
        }
    }
}
