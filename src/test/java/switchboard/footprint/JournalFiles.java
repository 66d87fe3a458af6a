package switchboard.footprint;

import com.sun.tools.attach.VirtualMachine;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The files of the journal's table, on the disk of an embedded Cassandra. */
public final class JournalFiles {

    private static final String KEYSPACE = "switchboard";
    private static final String TABLE = "messages";

    /** Has the Cassandra {@code pid} write all of it to disk and merge what is there into one file, as {@code nodetool} would. */
    @SuppressWarnings("BanJNDI") // to a process of our own, by an address that it gave
    public static void compact(long pid) throws Exception {
        var machine = VirtualMachine.attach(String.valueOf(pid));
        try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            var cassandra = connector.getMBeanServerConnection();
            invoke(cassandra, "forceKeyspaceFlush", new Object[] {KEYSPACE, new String[] {TABLE}});
            invoke(cassandra, "forceKeyspaceCompaction", new Object[] {false, KEYSPACE, new String[] {TABLE}});
        } finally {
            machine.detach();
        }
    }

    /** Bytes of each component ({@code Data.db}, {@code Index.db} …) of all that lies in the program's folder {@code data}. */
    public static SortedMap<String, Long> bytes(Path data) {
        var bytes = new TreeMap<String, Long>();
        files(data).forEach(file -> bytes.merge(component(file), file.length(), Long::sum));
        return bytes;
    }

    /** Whether all is one file with its components: those that were merged go a moment later. */
    public static boolean merged(Path data) {
        return files(data).map(JournalFiles::generation).distinct().count() == 1;
    }

    /** By their names alone: some go while it is looked. */
    private static Stream<File> files(Path data) {
        return in(data.resolve("cassandra/data").resolve(KEYSPACE).toFile())
                .filter(folder -> folder.getName().startsWith(TABLE + "-"))
                .flatMap(JournalFiles::in)
                .filter(file -> file.getName().endsWith(".db"));
    }

    private static Stream<File> in(File folder) {
        return Stream.ofNullable(folder.listFiles()).flatMap(Arrays::stream);
    }

    /** The names are {@code nb-2-big-Data.db}. */
    private static String component(File file) {
        return file.getName().substring(file.getName().lastIndexOf('-') + 1);
    }

    private static String generation(File file) {
        return file.getName().substring(0, file.getName().lastIndexOf('-'));
    }

    private static void invoke(MBeanServerConnection cassandra, String operation, Object[] arguments) throws Exception {
        var shape = new String[arguments.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = arguments[i] instanceof Boolean
                    ? boolean.class.getName()
                    : arguments[i].getClass().getName();
        }
        cassandra.invoke(new ObjectName("org.apache.cassandra.db:type=StorageService"), operation, arguments, shape);
    }

    private JournalFiles() {}
}
