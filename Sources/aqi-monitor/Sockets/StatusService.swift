import Foundation
import NIOCore
import ServiceLifecycle
import Texts

/// Tells whoever connects what the monitor shows: a line of JSON at once, then one a second where something changed.
///
/// Read-only: what a peer sends is not looked at. One that does not read is not written to any further, and holds nobody up.
struct StatusService: Service {
    let socket: LocalSocket
    let journal: Journal
    let source: any SnapshotSource

    /// Peers at a time; more are closed at once.
    private static let mostPeers = 64
    private static let rhythm = Duration.seconds(1)

    init(path: String, source: any SnapshotSource, journal: Journal) {
        self.journal = journal
        socket = LocalSocket(path: path, mode: 0o660)
        self.source = source
    }

    func run() async throws {
        let lines = StatusLines(source: source)
        try await socket.serve(journal) { try await serve($0, lines) }
    }

    private func serve(_ server: LocalSocket.Server, _ lines: StatusLines) async throws {
        let places = Places(count: StatusService.mostPeers)
        try await server.executeThenClose { peers in
            try await withThrowingDiscardingTaskGroup { group in
                for try await peer in peers {
                    group.addTask {
                        guard places.take() else { return (try? await peer.executeThenClose { _, _ in }) ?? () }
                        defer { places.give() }
                        try? await tell(peer, lines)
                    }
                }
            }
        }
    }

    private func tell(_ peer: NIOAsyncChannel<ByteBuffer, ByteBuffer>, _ lines: StatusLines) async throws {
        try await peer.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup { group in
                // Reading on is how one learns that a peer has gone.
                group.addTask { for try await _ in inbound {} }
                group.addTask {
                    var told: UInt64?
                    while !Task.isCancelled {
                        if let (line, step) = try await lines.line(after: told) {
                            told = step
                            try await outbound.write(line)
                        }
                        try await Task.sleep(for: StatusService.rhythm)
                    }
                }
                try await group.next()
                group.cancelAll()
            }
        }
    }
}

/// The lines for all peers, each made once.
private actor StatusLines {
    private let source: any SnapshotSource
    private var newest: (line: ByteBuffer, step: UInt64)?

    init(source: any SnapshotSource) {
        self.source = source
    }

    /// The newest line; nil where it was told already.
    func line(after told: UInt64?) async throws -> (line: ByteBuffer, step: UInt64)? {
        if let (snapshot, step) = await source.snapshot(after: newest?.step) {
            var line = ByteBuffer(bytes: try StatusMessage(snapshot, process: getpid()).line)
            line.writeString("\n")
            newest = (line, step)
        }
        return newest?.step == told ? nil : newest
    }
}
