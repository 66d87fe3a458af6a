package switchboard.understanding;

import java.util.ArrayList;
import java.util.List;
import switchboard.learning.Watch;

/** Examples of a shop, eight of each of three intents. */
public final class Shop {

    public static final List<Example> EXAMPLES = examples();

    private static List<Example> examples() {
        var examples = new ArrayList<Example>();
        add(
                examples,
                "status",
                "Where is my parcel?",
                "When does my order arrive?",
                "Has my order been shipped?",
                "Track my parcel",
                "My order is late",
                "My delivery has not come",
                "Status of my order",
                "Is the parcel on its way?");
        add(
                examples,
                "refund",
                "I want my money back",
                "How do I get a refund?",
                "Refund me please",
                "When will the refund reach my account?",
                "I have not had my refund",
                "Please pay me back",
                "You owe me a refund",
                "Money back please");
        add(
                examples,
                "password",
                "I forgot my password",
                "How do I reset my password?",
                "My password does not work",
                "The password is wrong",
                "Please change my password",
                "Password reset",
                "New password please",
                "I cannot log in with my password");
        return List.copyOf(examples);
    }

    public static Training.Trained trained(List<Example> examples) throws InterruptedException {
        return (Training.Trained) Trainer.train(examples, Shop::vector, Watch.NOBODY);
    }

    static Understood understood(Model model, String message) {
        return new Understanding(model, Shop::vector).understand(message);
    }

    /** Stands for the encoder: texts with the same words are near. */
    public static float[] vector(String text) {
        var vector = new float[ModelBytes.SIZE];
        for (var word : Text.of(text).folded().split("[^a-z]+", -1)) {
            vector[Math.floorMod(word.hashCode() * 0x9e3779b1, vector.length)] += 1;
        }
        vector[0] += .1f;
        return vector;
    }

    private static void add(List<Example> examples, String intent, String... texts) {
        for (var text : texts) {
            examples.add(new Example(text, intent));
        }
    }

    private Shop() {}
}
