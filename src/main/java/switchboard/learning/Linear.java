package switchboard.learning;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Weighs pieces: for each class a hyperplane between it and all others (support vectors, squared hinge).
 * Weights: by place, then class; after the last place the classes' offsets
 */
public final class Linear {

    private final int classes;
    private final float[] weights;

    public Linear(int classes, float[] weights) {
        this.classes = classes;
        this.weights = weights;
    }

    private static final double COST = 1;
    private static final double PRECISION = .1;
    private static final int ROUNDS = 200;

    static {
        de.bwaldvogel.liblinear.Linear.setDebugOutput(null);
    }

    /** One step a class. Labels are 0 to {@code classes} - 1. */
    public static Linear train(List<Sparse> vectors, int[] labels, int classes, int places, Watch watch)
            throws InterruptedException {
        var nodes = vectors.stream().map(vector -> nodes(vector, places)).toArray(Feature[][]::new);
        var weights = new float[classes * (places + 1)];
        for (int one = 0; one < classes; one++) {
            watch.step("words", one, classes);
            var plane = plane(nodes, labels, one, places);
            for (int place = 0; place <= places; place++) {
                weights[place * classes + one] = (float) plane[place];
            }
        }
        return new Linear(classes, weights);
    }

    /** Positive on the side of {@code one}; of a class without examples nothing is. */
    private static double[] plane(Feature[][] nodes, int[] labels, int one, int places) {
        if (Arrays.stream(labels).noneMatch(label -> label == one)) {
            var nothing = new double[places + 1];
            nothing[places] = -1;
            return nothing;
        }
        var problem = new Problem();
        problem.l = nodes.length;
        problem.n = places + 1;
        problem.x = nodes;
        problem.y = Arrays.stream(labels)
                .mapToDouble(label -> label == one ? 1 : -1)
                .toArray();
        var parameter = new Parameter(SolverType.L2R_L2LOSS_SVC_DUAL, COST, PRECISION);
        parameter.setMaxIters(ROUNDS);
        parameter.setRandom(new Random(one));
        var model = de.bwaldvogel.liblinear.Linear.train(problem, parameter);
        var plane = model.getFeatureWeights();
        if (model.getLabels()[0] == 1) {
            return plane;
        }
        return Arrays.stream(plane).map(weight -> -weight).toArray();
    }

    private static Feature[] nodes(Sparse vector, int places) {
        var nodes = new Feature[vector.places().length + 1];
        for (int i = 0; i < nodes.length - 1; i++) {
            nodes[i] = new FeatureNode(vector.places()[i] + 1, vector.values()[i]);
        }
        nodes[nodes.length - 1] = new FeatureNode(places + 1, 1);
        return nodes;
    }

    /** Of each class. */
    public float[] scores(Sparse vector) {
        var scores = Arrays.copyOfRange(weights, weights.length - classes, weights.length);
        for (int i = 0; i < vector.places().length; i++) {
            var from = vector.places()[i] * classes;
            var value = vector.values()[i];
            for (int one = 0; one < classes; one++) {
                scores[one] += value * weights[from + one];
            }
        }
        return scores;
    }

    public int classes() {
        return classes;
    }

    public float[] weights() {
        return weights;
    }
}
