package switchboard.storage;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What runs in the embedded node's own JVM, beside Cassandra's jars alone: nothing but the JDK is used here, and there is
 * no nested class, because {@link CassandraJar} packs this one class file.
 *
 * <p>It ignores INT, TERM and HUP, so that the program finishes with its database alive; the end of stdin is the order to
 * stop, so that it ends with the program however that ended. It holds the folder's lock itself: the kernel frees it
 * exactly when this process is gone.
 */
final class CassandraChild {

    /** The exit code that says: somebody else has the folder. */
    static final int FOLDER_IN_USE = 75;

    /**
     * How much later than asked for the kernel may wake a thread that waits for a time, in nanoseconds. Cassandra's idle workers
     * look for work every 10 µs, which took a fifth of its time on the processor. With 1.5 ms an event costs another tenth less,
     * but one that comes alone waits 2 ms longer.
     */
    private static final long SLACK = 500_000;

    private static final int PR_SET_TIMERSLACK = 29;

    private static final List<FileChannel> HELD = new ArrayList<>();
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(20);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** {@code args}: the node's folder. */
    public static void main(String[] args) throws Throwable {
        var folder = Path.of(args[0]);
        ignore("INT", "TERM", "HUP");
        slacken();
        Thread.ofPlatform().daemon().name("stop-at-end-of-stdin").start(CassandraChild::stopAtEndOfInput);
        HELD.add(lock(folder.resolve("lock")));
        CommitLogFiles.prepare(folder.resolve("commitlog"));
        Class.forName("org.apache.cassandra.service.CassandraDaemon")
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);
        var ready = folder.resolve("ready.new");
        Files.writeString(ready, String.valueOf(ProcessHandle.current().pid()));
        Files.move(ready, folder.resolve("ready"), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * This thread, and so all that are started by it and by them. Elsewhere than on Linux nothing is changed; where it is refused,
     * it only costs more.
     */
    @SuppressWarnings("restricted") // the command line allows it
    private static void slacken() throws Throwable {
        var linker = Linker.nativeLinker();
        var prctl = linker.defaultLookup().find("prctl");
        if (prctl.isPresent()) {
            var shape = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG);
            var call = linker.downcallHandle(prctl.get(), shape, Linker.Option.firstVariadicArg(1));
            var _ = (int) call.invokeExact(PR_SET_TIMERSLACK, SLACK);
        }
    }

    /** {@code sun.misc.Signal} by reflection: the compiler warns about it and cannot be told not to. */
    private static void ignore(String... names) throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        var ignored = handler.getField("SIG_IGN").get(null);
        for (var name : names) {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ignored);
        }
    }

    /** Waits a while: the node of a program that was killed needs some seconds to notice. */
    private static FileChannel lock(Path file) throws IOException, InterruptedException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var start = System.nanoTime();
        while (channel.tryLock() == null) {
            if (System.nanoTime() - start > LOCK_PATIENCE.toNanos()) {
                Runtime.getRuntime().halt(FOLDER_IN_USE);
            }
            Thread.sleep(100);
        }
        return channel;
    }

    private static void stopAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {}
        } catch (IOException e) {
            System.err.println("stdin: " + e);
        }
        Thread.ofPlatform().daemon().name("stops-too-slowly").start(() -> {
            pause(STOP_PATIENCE);
            Runtime.getRuntime().halt(1);
        });
        System.exit(0);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private CassandraChild() {}
}
