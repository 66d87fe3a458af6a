package switchboard.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The router's own source with one thing changed, compiled, and loaded apart from the real one. */
final class Mutant extends ClassLoader {

    private static final String ROOM = "switchboard.routing.";

    private final Map<String, ByteArrayOutputStream> changed = new HashMap<>();

    private Mutant() {
        super(Mutant.class.getClassLoader());
    }

    /** {@code from} stands in that file of the room exactly once. */
    static Mutant of(String file, String from, String to) throws IOException {
        var source = Files.readString(Path.of("src/main/java/switchboard/routing", file + ".java"));
        assertThat(source.split(java.util.regex.Pattern.quote(from), -1)).hasSize(2);
        var mutant = new Mutant();
        mutant.compile(file, source.replace(from, to));
        return mutant;
    }

    /** What the oracle finds with the mutant in the router's place; empty: nothing. */
    String difference(long seed, int commands) throws ReflectiveOperationException {
        return (String) loadClass(ROOM + "RouterOracle")
                .getMethod("difference", long.class, int.class)
                .invoke(null, seed, commands);
    }

    private void compile(String file, String source) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var unit =
                new SimpleJavaFileObject(
                        URI.create("string:///switchboard/routing/" + file + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        var options = List.of("-proc:none", "-nowarn", "-cp", System.getProperty("java.class.path"));
        var files = new InMemory(compiler.getStandardFileManager(null, null, null));
        assertThat(compiler.getTask(null, files, null, options, null, List.of(unit))
                        .call())
                .isTrue();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(ROOM)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name, bytes(name));
        }
    }

    private Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] bytes(String name) {
        var mine = changed.get(name);
        if (mine != null) {
            return mine.toByteArray();
        }
        try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/') + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return changed.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
