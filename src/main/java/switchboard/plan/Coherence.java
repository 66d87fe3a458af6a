package switchboard.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import switchboard.plan.PlanFault.Code;

/** Whether the parts of a plan fit each other. Queues stand in the order of their parts. */
final class Coherence {

    private final Part root;
    private final List<Part> parts;
    private final List<Queue> queues;
    private final Map<String, Queue> named = new HashMap<>();

    Coherence(Part root, List<Part> parts, List<Queue> queues) {
        this.root = root;
        this.parts = parts;
        this.queues = queues;
    }

    void check(String defaultQueue) {
        for (int i = 0; i < queues.size(); i++) {
            var queue = queues.get(i);
            if (!queue.name().isEmpty() && named.putIfAbsent(queue.name(), queue) != null) {
                parts.get(i).fault(Code.DUPLICATE, "name", "is another queue's too");
            }
        }
        if (!defaultQueue.isEmpty() && !named.containsKey(defaultQueue)) {
            root.fault(Code.UNKNOWN_QUEUE, "defaultQueue", "is no queue of this plan");
        }
        for (int i = 0; i < queues.size(); i++) {
            steps(parts.get(i), queues.get(i));
            overflow(parts.get(i), queues.get(i));
        }
    }

    private static void steps(Part part, Queue queue) {
        var last = queue.steps().size() - 1;
        for (int i = 0; i <= last; i++) {
            var step = queue.steps().get(i);
            var overflows = !queue.overflow().isEmpty();
            if (step.lasts().isZero() && (i < last || overflows)) {
                fault(part, i, Code.STEP_WITHOUT_END, "never comes to what is after it");
            }
            if (i == last && !step.lasts().isZero() && !overflows) {
                fault(part, i, Code.END_WITHOUT_OVERFLOW, "ends and has nowhere to go");
            }
            if (i > 0 && !step.relaxes(queue.steps().get(i - 1))) {
                fault(part, i, Code.STEP_TIGHTENS, "asks for more than the step before");
            }
        }
    }

    private static void fault(Part part, int step, Code code, String detail) {
        part.faultAt(code, part.has("steps") ? part.pointer("steps") + "/" + step : part.pointer("overflow"), detail);
    }

    private void overflow(Part part, Queue queue) {
        if (queue.overflow().isEmpty()) {
            return;
        }
        if (!named.containsKey(queue.overflow())) {
            part.fault(Code.UNKNOWN_QUEUE, "overflow", "is no queue of this plan");
        } else if (comesBack(queue)) {
            part.fault(Code.OVERFLOW_LOOP, "overflow", "comes back to this queue");
        }
    }

    private boolean comesBack(Queue queue) {
        var next = named.get(queue.overflow());
        for (int i = 0; i < queues.size() && next != null; i++) {
            if (next.name().equals(queue.name())) {
                return true;
            }
            next = named.get(next.overflow());
        }
        return false;
    }
}
