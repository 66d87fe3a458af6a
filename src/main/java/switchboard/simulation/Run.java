package switchboard.simulation;

import java.util.function.IntConsumer;

/**
 * What came of a center's run. All estimates are from 20 batches of contacts after a warm-up.
 *
 * @param contacts counted
 * @param abandoned share of contacts
 * @param served mean wait of those who were served, in seconds
 * @param all mean wait of all contacts, in seconds
 * @param identity mean wait of all less the abandoned share times mean patience: zero by theory; zero where nobody leaves
 * @param little by how much the time that contacts waited differs from the length of the queue over time, relatively
 */
record Run(long contacts, Estimate abandoned, Estimate served, Estimate all, Estimate identity, double little) {

    /** In mean service times of the whole center. */
    private static final int WARM_UP = 40;

    private static final class Batch implements Center.Tally {

        private long contacts;
        private long left;
        private double waits;
        private double waitsOfServed;

        @Override
        public void fate(boolean abandoned, double wait) {
            contacts++;
            waits += wait;
            if (abandoned) {
                left++;
            } else {
                waitsOfServed += wait;
            }
        }
    }

    /** Deterministic by the seed; told after each batch how many are done. */
    static Run of(Setup setup, long seed, long contactsPerBatch, IntConsumer progress) {
        var center = new Center(setup, seed);
        center.run((long) (WARM_UP * setup.service() * setup.arrivals()), (_, _) -> {});
        var abandoned = new double[Estimate.BATCHES];
        var served = new double[Estimate.BATCHES];
        var all = new double[Estimate.BATCHES];
        var identity = new double[Estimate.BATCHES];
        for (int i = 0; i < Estimate.BATCHES; i++) {
            var batch = new Batch();
            center.run(contactsPerBatch, batch);
            abandoned[i] = (double) batch.left / batch.contacts;
            served[i] = batch.waitsOfServed / (batch.contacts - batch.left);
            all[i] = batch.waits / batch.contacts;
            identity[i] = batch.left == 0 ? 0 : all[i] - abandoned[i] * setup.patience();
            progress.accept(i + 1);
        }
        center.drain();
        return new Run(
                contactsPerBatch * Estimate.BATCHES,
                Estimate.of(abandoned),
                Estimate.of(served),
                Estimate.of(all),
                Estimate.of(identity),
                Math.abs(center.area() / center.waits() - 1));
    }
}
