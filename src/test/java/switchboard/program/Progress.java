package switchboard.program;

/** What a long test is doing, on the console. */
public final class Progress {

    private static final long START = System.nanoTime();

    public static void say(String line) {
        System.out.printf("[%4d s] %s%n", (System.nanoTime() - START) / 1_000_000_000, line);
    }

    private Progress() {}
}
