import AQICore
import Foundation
import Ingest
import NIOCore
import ServiceLifecycle
import Store
import Texts
import Warnings

/// Does what people ask for from another process: one line of JSON in, one out, and the connection ends.
///
/// Only the user whom the monitor runs as may connect (mode 0600), and the superuser.
struct ControlService: Service {
    let socket: LocalSocket
    let journal: Journal
    let pipeline: Pipeline
    let stations: StationDesk
    /// The monitor's time.
    let clock: @Sendable () async -> Instant

    /// Peers at a time; more are closed at once.
    private static let mostPeers = 8
    /// The longest request: a forecast of some days, from several issuers.
    static let longestRequest = 1 << 20
    /// How long a peer may take to ask.
    private static let patience = Duration.seconds(10)

    init(
        path: String, pipeline: Pipeline, stations: StationDesk, journal: Journal,
        clock: @escaping @Sendable () async -> Instant
    ) {
        self.journal = journal
        socket = LocalSocket(path: path, mode: 0o600)
        self.pipeline = pipeline
        self.stations = stations
        self.clock = clock
    }

    func run() async throws {
        try await socket.serve(journal, peers: ControlService.mostPeers) { try await answer($0) }
    }

    private func answer(_ peer: LocalSocket.Peer) async throws {
        let user = await PeerUser.name(of: peer.channel)
        let impatience = Task {
            try await Task.sleep(for: ControlService.patience)
            try? await peer.channel.close()
        }
        defer { impatience.cancel() }
        try await peer.executeThenClose { inbound, outbound in
            var buffer = ByteBuffer()
            for try await part in inbound {
                buffer.writeImmutableBuffer(part)
                if let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
                    let line = buffer.readString(length: end - buffer.readerIndex) ?? ""
                    // It has asked in time; what is done for it may take longer.
                    impatience.cancel()
                    let reply = await reply(to: line, user: user)
                    var bytes = ByteBuffer(bytes: try JSONEncoder().encode(reply))
                    bytes.writeString("\n")
                    try await outbound.write(bytes)
                    return
                }
                guard buffer.readableBytes <= ControlService.longestRequest else { return }
            }
        }
    }

    private func reply(to line: String, user: String) async -> ControlReply {
        guard let request = try? JSONDecoder().decode(ControlRequest.self, from: Data(line.utf8)),
            request.version == ControlRequest.version
        else { return ControlReply(problem: .notUnderstood) }
        let (person, now) = (request.person ?? "", await clock())
        var reply = ControlReply(time: now)
        do {
            switch request.command {
            case .warnings(let command):
                try await pipeline.act(on: command, by: person, user: user, at: now)
                reply.warnings = await pipeline.warnings
            case .response(let command):
                try await pipeline.act(on: command, by: person, user: user, at: now)
                reply.warnings = await pipeline.warnings
            case .calibration(let wanted):
                try await pipeline.follow(wanted, by: person, user: user, at: now)
            case .alarm(let command):
                try await pipeline.follow(command, by: person, user: user, at: now)
            case .station(let wanted):
                reply.station = try await stations.ask(wanted, by: person, user: user, at: now, pipeline)
            }
        } catch let refusal as AlarmBoard.Refusal {
            reply.problem = .alarm(refusal)
        } catch let refusal as StationDesk.Refusal {
            reply.problem = ControlReply.Problem(refusal)
        } catch let refusal as Refusal {
            reply.problem = .refused(refusal)
        } catch let refusal as CalibrationCommand.Refusal {
            reply.problem = ControlReply.Problem(refusal)
        } catch is TableProblem {
            reply.problem = .badTable
        } catch {
            reply.problem = .notKept(Failure(error)?.message ?? "\(error)")
        }
        return reply
    }
}
