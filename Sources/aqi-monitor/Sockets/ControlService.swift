import Foundation
import Ingest
import NIOCore
import NIOPosix
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

    /// Peers at a time; more are closed at once.
    private static let mostPeers = 8
    /// The longest request: a forecast of some days, from several issuers.
    static let longestRequest = 1 << 20
    /// How long a peer may take to ask.
    private static let patience = Duration.seconds(10)

    init(path: String, pipeline: Pipeline, stations: StationDesk = StationDesk(), journal: Journal) {
        self.journal = journal
        socket = LocalSocket(path: path, mode: 0o600)
        self.pipeline = pipeline
        self.stations = stations
    }

    func run() async throws {
        try await socket.serve(journal) { try await serve($0) }
    }

    private func serve(_ server: LocalSocket.Server) async throws {
        let places = Places(count: ControlService.mostPeers)
        try await server.executeThenClose { peers in
            try await withThrowingDiscardingTaskGroup { group in
                for try await peer in peers {
                    group.addTask {
                        guard places.take() else { return (try? await peer.executeThenClose { _, _ in }) ?? () }
                        defer { places.give() }
                        try? await answer(peer)
                    }
                }
            }
        }
    }

    private func answer(_ peer: NIOAsyncChannel<ByteBuffer, ByteBuffer>) async throws {
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
        var reply = ControlReply()
        do {
            switch request.command {
            case .warnings(let command):
                try await pipeline.act(on: command, by: request.person ?? "", user: user, at: WallClock.now)
                reply.warnings = await pipeline.warnings
            case .response(let command):
                try await pipeline.act(on: command, by: request.person ?? "", user: user, at: WallClock.now)
                reply.warnings = await pipeline.warnings
            case .calibration(let wanted):
                try await pipeline.follow(wanted, by: request.person ?? "", user: user, at: WallClock.now)
            case .alarm(let command):
                try await pipeline.follow(command, by: request.person ?? "", user: user, at: WallClock.now)
            case .station(let wanted):
                reply.station = try await stations.ask(
                    wanted, by: request.person ?? "", user: user, at: WallClock.now, pipeline)
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

/// Who is at the other end of a local socket.
enum PeerUser {
    /// `struct ucred`: three 32-bit integers.
    ///
    /// Source: unix(7), SO_PEERCRED.
    private struct Credentials: Sendable {
        var process: Int32 = 0
        var user: UInt32 = 0
        var group: UInt32 = 0
    }

    /// The name of the user, or the number of one without a name.
    static func name(of channel: any Channel) async -> String {
        guard let options = channel as? any SocketOptionProvider,
            let credentials: Credentials = try? await options.unsafeGetSocketOption(
                level: .socket, name: NIOBSDSocket.Option(rawValue: SO_PEERCRED)
            ).get()
        else { return "" }
        return Account.name(of: credentials.user) ?? "\(credentials.user)"
    }
}
