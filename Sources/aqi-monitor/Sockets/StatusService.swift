import AQICore
import Foundation
import NIOCore
import ServiceLifecycle
import Synchronization
import Texts

/// Tells whoever connects what the monitor shows: a line of JSON at once, then one a second where something changed.
///
/// Read-only: a peer may ask for the hours of a station, or for changes only; all else that it sends is passed over. One that does
/// not read is not written to any further, and holds nobody up.
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
        try await socket.serve(journal, peers: StatusService.mostPeers) { try await tell($0, lines) }
    }

    private func tell(_ peer: LocalSocket.Peer, _ lines: StatusLines) async throws {
        let wish = Wish()
        try await peer.executeThenClose { inbound, outbound in
            try await withThrowingTaskGroup { group in
                // Reading on is how one learns that a peer has gone, too.
                group.addTask {
                    var asked = ByteBuffer()
                    for try await part in inbound {
                        asked.writeImmutableBuffer(part)
                        while let line = asked.takeLine() {
                            guard let request = StatusRequest(line: line) else { continue }
                            if let changes = request.changes { wish.changesOnly.store(changes, ordering: .relaxed) }
                            if let desk = request.desk { wish.keepsDesk.store(desk, ordering: .relaxed) }
                            let other = request.channel.flatMap(Parameter.init(name:))
                            if let station = request.history,
                                let history = await source.history(of: station, with: other, through: nil)
                            {
                                try await outbound.write(ByteBuffer(bytes: try HistoryMessage(history).line))
                            }
                        }
                        if asked.readableBytes > StatusRequest.longest { asked.clear() }
                        asked.discardReadBytes()
                    }
                }
                group.addTask {
                    var told: StatusLines.Told?
                    while !Task.isCancelled {
                        let changesOnly = wish.changesOnly.load(ordering: .relaxed)
                        let keepsDesk = wish.keepsDesk.load(ordering: .relaxed)
                        let next = try await lines.line(after: told, changesOnly: changesOnly, keepsDesk: keepsDesk)
                        if let next {
                            told = next.told
                            try await outbound.write(next.line)
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

/// What a peer wants.
private final class Wish: Sendable {
    let changesOnly = Atomic(false)
    let keepsDesk = Atomic(false)
}

extension ByteBuffer {
    /// Takes a line without its end off; nil where none is whole.
    mutating func takeLine() -> String? {
        guard let end = readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        let line = readString(length: end - readerIndex)
        moveReaderIndex(forwardBy: 1)
        return line
    }
}
