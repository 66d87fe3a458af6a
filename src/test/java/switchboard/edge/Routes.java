package switchboard.edge;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.server.Route;
import switchboard.desk.AgentRoutes;
import switchboard.desk.ModelRoutes;
import switchboard.desk.OrderRoutes;
import switchboard.desk.PlanRoutes;
import switchboard.desk.QueueRoutes;
import switchboard.desk.ReservationRoutes;
import switchboard.gateways.BulkRoutes;
import switchboard.gateways.EventRoutes;
import switchboard.gateways.OutboundRoutes;
import switchboard.history.Past;
import switchboard.history.Reasons;
import switchboard.operations.AuditRoutes;
import switchboard.operations.CredentialRoutes;
import switchboard.operations.HealthRoutes;
import switchboard.operations.MetricsRoutes;
import switchboard.reading.AgentStreamRoutes;
import switchboard.reading.ConversationRoutes;
import switchboard.reading.HistoryRoutes;
import switchboard.reading.LiveLogs;
import switchboard.reading.LogRoutes;
import switchboard.reading.SearchRoutes;
import switchboard.reading.StreamRoutes;
import switchboard.reading.WhyRoutes;

/** The program's routes, over what an {@link Edge} has behind them. */
final class Routes {

    private final Edge edge;

    Routes(Edge edge) {
        this.edge = edge;
    }

    List<Route> all() {
        return List.of(
                new AgentRoutes(
                                edge.actors.system(),
                                edge.gate,
                                edge.bodies,
                                edge.crew(),
                                (tenant, after, limit) -> edge.roster.page(tenant, after, limit),
                                edge.vault)
                        .routes(),
                new AgentStreamRoutes(edge.gate, edge.crew(), live()).routes(),
                new EventRoutes(
                                edge.gate,
                                edge.bodies,
                                edge.conversations(),
                                _ -> Edge.TENANT,
                                edge.events,
                                new BulkRoutes(
                                        edge.actors.system(),
                                        edge.bodies,
                                        BulkRoutes.lanes(edge.conversations()),
                                        _ -> Edge.TENANT,
                                        edge.rates,
                                        edge.bulks,
                                        edge.bulkDeadline,
                                        (way, code) -> edge.told.add(way + " " + code)),
                                (way, code) -> edge.told.add(way + " " + code))
                        .routes(),
                new PlanRoutes(edge.gate, edge.bodies, edge.plans).routes(),
                edge.knowledge.routes(edge.actors.system(), edge.gate, edge.bodies, edge.bulks),
                new ModelRoutes(edge.gate, edge.bodies, edge.models).routes(),
                new QueueRoutes(edge.gate, edge.streams, edge.queues).routes(),
                new OrderRoutes(edge.gate, edge.bodies, edge.conversations(), edge.crew()).routes(),
                new ReservationRoutes(edge.gate, edge.bodies, edge.conversations()).routes(),
                new WhyRoutes(
                                edge.gate,
                                edge.conversations(),
                                new Reasons(
                                        edge.actors.system(), (id, after, until) -> edge.log.read(id, after, until)))
                        .routes(),
                new ConversationRoutes(edge.gate, edge.conversations(), edge.vault, edge.reads, past()).routes(),
                new SearchRoutes(
                                edge.actors.system(),
                                edge.gate,
                                (query, after) -> edge.index.page(query, after),
                                edge.vault,
                                edge.reads,
                                edge.clock,
                                Edge.WINDOW)
                        .routes(),
                new OutboundRoutes(
                                edge.gate,
                                edge.streams,
                                (tenant, channel, partitions) -> edge.exchange.connect(tenant, channel, partitions))
                        .routes(),
                new HistoryRoutes(
                                edge.actors.system(),
                                edge.gate,
                                edge.conversations(),
                                (id, after, until) -> edge.log.read(id, after, until),
                                edge.vault,
                                edge.reads,
                                past(),
                                new StreamRoutes(live(), past()))
                        .routes(),
                new AuditRoutes(
                                edge.gate,
                                (tenant, log) -> {
                                    edge.verified.add(log);
                                    return edge.vault.away
                                            ? CompletableFuture.failedStage(new IllegalStateException("away"))
                                            : CompletableFuture.completedStage(
                                                    tenant.equals("local") ? edge.verdict : Edge.NO_LOG);
                                },
                                edge.conversations(),
                                edge.reads)
                        .routes(),
                new LogRoutes(edge.actors.system(), edge.gate, (id, after, until) -> edge.log.read(id, after, until))
                        .routes(),
                new CredentialRoutes(
                                edge.gate,
                                edge.bodies,
                                edge.credentials.issued,
                                edge.credentials.tickets,
                                edge.credentials.tokens,
                                _ -> Edge.TENANT)
                        .routes(),
                new MetricsRoutes(() -> CompletableFuture.completedStage("switchboard_ready 1\n")).routes(edge.gate),
                new HealthRoutes(edge.ready::get).routes());
    }

    private Past past() {
        return new Past(
                edge.actors.system(), (id, after, until) -> edge.log.read(id, after, until), edge.clock, Edge.WINDOW);
    }

    private LiveLogs live() {
        return new LiveLogs(
                edge.streams,
                edge.conversations(),
                (id, after, until) -> edge.rows.read(id, after, until),
                edge.vault,
                edge.reads,
                edge.pace,
                edge.counts,
                caller -> edge.fault.or(() -> edge.gate.still(caller)));
    }
}
