import Foundation
import NIOCore
import Terminal

/// The lines for all peers: whole ones are made once, those of changes for each by what it knows.
actor StatusLines {
    /// What a peer has been told.
    struct Told {
        var step: UInt64
        /// Lines that the log had then.
        var logged: UInt64
    }

    private let source: any SnapshotSource
    private var newest: (snapshot: Snapshot, step: UInt64)?
    /// The line of the newest snapshot; nil before somebody wants it.
    private var whole: ByteBuffer?
    /// The step at which each station, and each sender, changed last.
    private var stationSteps: [UInt64] = []
    private var senderSteps: [UInt64] = []
    private var deskStep: UInt64 = 0

    init(source: any SnapshotSource) {
        self.source = source
    }

    /// The newest line; nil where it was told already. `keepsDesk`: the peer keeps a desk that is left out.
    func line(
        after told: Told?, changesOnly: Bool, keepsDesk: Bool = false
    ) async throws -> (line: ByteBuffer, told: Told)? {
        if let newer = await source.snapshot(after: newest?.step) { take(newer) }
        guard let newest, newest.step != told?.step else { return nil }
        let now = Told(step: newest.step, logged: newest.snapshot.logged)
        if changesOnly, let told {
            let message = StatusMessage.changes(
                newest.snapshot, process: getpid(), since: told.logged,
                stations: { stationSteps[$0] > told.step }, senders: { senderSteps[$0] > told.step },
                desk: !keepsDesk || deskStep > told.step)
            return (try buffer(message), now)
        }
        let line = try whole ?? buffer(StatusMessage(newest.snapshot, process: getpid()))
        whole = line
        return (line, now)
    }

    private func take(_ newer: (snapshot: Snapshot, step: UInt64)) {
        // While this one waited for the source, another peer may have brought a newer one.
        if let newest, newest.step >= newer.step { return }
        note(newest?.snapshot.stations ?? [], newer.snapshot.stations, at: newer.step, in: &stationSteps)
        note(newest?.snapshot.senders ?? [], newer.snapshot.senders, at: newer.step, in: &senderSteps)
        if newest?.snapshot.desk != newer.snapshot.desk { deskStep = newer.step }
        newest = newer
        whole = nil
    }

    private func note<Element: Equatable>(
        _ before: [Element], _ now: [Element], at step: UInt64, in steps: inout [UInt64]
    ) {
        // What moves to another place counts as changed.
        if steps.count != now.count { steps = [UInt64](repeating: step, count: now.count) }
        for place in now.indices where !before.indices.contains(place) || before[place] != now[place] {
            steps[place] = step
        }
    }

    private func buffer(_ message: StatusMessage) throws -> ByteBuffer {
        var line = ByteBuffer(bytes: try message.line)
        line.writeString("\n")
        return line
    }
}
