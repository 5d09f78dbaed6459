import AQICore
import HJ212
import Ingest
import Store
import Synchronization

/// The way from a person to a station that is connected to one of the receivers.
final class StationDesk: Sendable {
    /// Why a request is not sent.
    enum Refusal: Error, Equatable {
        /// No receiver has this station, or several have.
        case unknownStation
        case badRequest
        /// The station's edition of the standard has no such factor.
        case unknownFactor(dialect: String, known: [String])
        case nameless
    }

    private struct Receiver {
        var name: String
        /// By MN.
        var dialects: [String: Dialect]
        var server: HJ212Server
    }

    private let receivers = Mutex<[Receiver]>([])

    func open(_ server: HJ212Server, of receiver: Configuration.Receiver) {
        let dialects = Dictionary(uniqueKeysWithValues: receiver.rules.stations.map { ($0.mn, $0.dialect) })
        receivers.withLock { $0.append(Receiver(name: receiver.name, dialects: dialects, server: server)) }
    }

    func close(_ server: HJ212Server) { receivers.withLock { $0.removeAll { $0.server === server } } }

    /// Asks a station and waits for its answer. Whoever makes a station do something is in the trail of changes first.
    ///
    /// - Throws: ``Refusal``, or what the store throws.
    func ask(
        _ wanted: StationRequest, by person: String, user: String, at now: Instant, _ pipeline: Pipeline
    ) async throws -> StationAnswer {
        let found = receivers.withLock { receivers in
            receivers.filter { ($0.name == wanted.receiver || wanted.receiver == nil) && $0.dialects[wanted.mn] != nil }
        }
        guard let receiver = found.first, found.count == 1, let dialect = receiver.dialects[wanted.mn] else {
            throw Refusal.unknownStation
        }
        guard let request = wanted.request, request.isValid else { throw Refusal.badRequest }
        if let factor = request.factor, dialect.factors[factor] == nil {
            throw Refusal.unknownFactor(dialect: dialect.name, known: dialect.factors.keys.sorted())
        }
        guard person.contains(where: { !$0.isWhitespace }) else { throw Refusal.nameless }
        if let refusal = receiver.server.refusal(of: request, mn: wanted.mn) { return refusal }
        try await pipeline.keep(
            AuditEntry(
                time: now, person: CalibrationDesk.oneLine("\(person) (\(user))"),
                subject: "station \(receiver.name): \(wanted.mn)", after: request.summary,
                reason: CalibrationDesk.oneLine(wanted.reason)), at: now)
        return await receiver.server.ask(request, mn: wanted.mn)
    }
}

extension CentreRequest {
    /// For the trail of changes: a password is not in it.
    fileprivate var summary: String {
        switch self {
        case .time, .setTime, .history, .realtimeInterval(nil), .minuteInterval(nil), .setPassword: "CN=\(number)"
        case .realtimeInterval(let seconds?): "CN=\(number) RtdInterval=\(seconds)"
        case .minuteInterval(let minutes?): "CN=\(number) MinInterval=\(minutes)"
        case .calibrate(let factor), .sample(let factor): "CN=\(number) PolId=\(factor)"
        }
    }
}
