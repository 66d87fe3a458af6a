package switchboard.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import switchboard.load.Round;

/** What rounds come to. */
final class Figures {

    /** One a round. */
    static <T> List<Double> each(List<T> rounds, ToDoubleFunction<T> figure) {
        return rounds.stream().mapToDouble(figure).boxed().toList();
    }

    /** The rate beside that of the round that followed it. */
    static List<Double> rates(List<Round> over, List<Round> under) {
        return ratios(each(over, Round::eventsPerSecond), each(under, Round::eventsPerSecond));
    }

    /** Each beside the other of its round. */
    static List<Double> ratios(List<Double> over, List<Double> under) {
        var ratios = new ArrayList<Double>();
        for (int i = 0; i < over.size(); i++) {
            ratios.add(over.get(i) / under.get(i));
        }
        return ratios;
    }

    private Figures() {}
}
