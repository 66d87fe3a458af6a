package switchboard.understanding;

import java.util.function.Function;

/** What customers write is understood by a model and the encoder that it was trained with. Any number of threads may ask it. */
public record Understanding(Model model, Function<String, float[]> encoder) {

    public Understood understand(String message) {
        var text = Text.of(message);
        return text.hasWords() ? model.understand(text, encoder.apply(text.plain())) : Understood.NOTHING;
    }
}
