package switchboard.learning;

/** Is told how far training is. It ends where its thread is interrupted. */
@FunctionalInterface
public interface Watch {

    Watch NOBODY = (_, _, _) -> {};

    void at(String stage, int done, int all);

    /** Refused: the thread was interrupted. */
    default void step(String stage, int done, int all) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(stage);
        }
        at(stage, done, all);
    }
}
