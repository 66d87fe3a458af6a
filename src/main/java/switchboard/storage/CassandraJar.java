package switchboard.storage;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import switchboard.wire.CannotStart;

/** The small jar that stands before Cassandra's own: our classes for its JVM, and two of Cassandra's as we need them. */
final class CassandraJar {

    private static final String SECURITY_MANAGER = "org/apache/cassandra/security/ThreadAwareSecurityManager.class";
    private static final String SEGMENT = "org/apache/cassandra/db/commitlog/DirectIOSegment.class";
    private static final ClassDesc FILES = ClassDesc.of(CommitLogFiles.class.getName());
    private static final MethodTypeDesc WRITE =
            MethodTypeDesc.ofDescriptor("(Ljava/nio/channels/FileChannel;Ljava/nio/ByteBuffer;)I");

    /** Its bytes; the same for the same {@code jars}. */
    static byte[] bytes(List<Path> jars) throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (var ours : List.of(CassandraChild.class, CommitLogFiles.class)) {
            var name = ours.getName().replace('.', '/') + ".class";
            files.put(name, resource("/" + name));
        }
        files.put("logback.xml", resource("/embedded-cassandra-logback.xml"));
        files.put(SECURITY_MANAGER, securityManager());
        files.put(SEGMENT, segment(jars));
        var bytes = new ByteArrayOutputStream();
        try (var jar = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                jar.putNextEntry(entry);
                jar.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** Java has no security managers any more; Cassandra installs one at its start, so it finds this class instead. */
    private static byte[] securityManager() {
        var type = ClassDesc.of("org.apache.cassandra.security.ThreadAwareSecurityManager");
        return ClassFile.of()
                .build(
                        type,
                        it -> it.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                                .withMethodBody(
                                        "install",
                                        ConstantDescs.MTD_void,
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.return_()));
    }

    /** Cassandra's class with its one {@code channel.write(section)} replaced; see {@link CommitLogFiles}. */
    private static byte[] segment(List<Path> jars) throws IOException {
        try (var loader =
                        new URLClassLoader(jars.stream().map(CassandraJar::url).toArray(URL[]::new), null);
                var in = loader.getResourceAsStream(SEGMENT)) {
            if (in == null) {
                throw new CannotStart("the embedded Cassandra's jars are not those of 5.0");
            }
            var replaced = new int[1];
            var classes = ClassFile.of(ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
            var changed = classes.transformClass(
                    classes.parse(in.readAllBytes()), ClassTransform.transformingMethodBodies((code, element) -> {
                        if (writes(element)) {
                            code.invokestatic(FILES, "write", WRITE);
                            replaced[0]++;
                        } else {
                            code.with(element);
                        }
                    }));
            if (replaced[0] != 1) {
                throw new CannotStart("the embedded Cassandra's commit log is not that of 5.0.9");
            }
            return changed;
        }
    }

    private static boolean writes(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.owner()
                        .asInternalName()
                        .equals(FileChannel.class.getName().replace('.', '/'))
                && call.name().equalsString("write");
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = requireNonNull(CassandraJar.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private CassandraJar() {}
}
