import AQICore
import Foundation
import NIOCore
import ServiceLifecycle
import Terminal
import Texts

/// Attaches to a running monitor, and again where it goes away: what a screen in another process shows.
actor StatusClient: SnapshotSource {
    private let path: String
    private var newest: Snapshot?
    private var step: UInt64 = 0
    /// Since when nothing was heard; nil while attached.
    private var unheardSince: Instant?
    /// The hours of the station that was looked at last.
    private var history: History?
    /// The station, the channel and the hour up to which its hours were asked for, on this connection.
    private var asked: (station: String, other: Parameter?, hour: Hour?)?
    private var writer: NIOAsyncChannelOutboundWriter<ByteBuffer>?

    init(path: String) {
        self.path = path
    }

    /// That a monitor is there.
    ///
    /// - Throws: ``Failure`` where none is.
    static func check(_ path: String) async throws {
        try await connect(path).executeThenClose { _, _ in }
    }

    private static func connect(_ path: String) async throws -> LocalSocket.Peer {
        do {
            return try await LocalSocket.connect(path)
        } catch let error as IOError where error.errnoCode == EACCES {
            throw Failure(.unavailable, Session.words.unreadable(path, systemMessage(EACCES)))
        } catch {
            throw Failure(.unavailable, Session.words.noMonitor(path))
        }
    }

    func snapshot(after seen: UInt64?) -> (snapshot: Snapshot, step: UInt64)? {
        guard var snapshot = newest, seen != step || unheardSince != nil else { return nil }
        if let unheardSince {
            // Ages go on while nothing comes; a demo's time does not.
            if snapshot.simulation == nil { snapshot.time = max(snapshot.time, WallClock.now) }
            snapshot.unheardSince = unheardSince
        }
        return (snapshot, step)
    }

    /// What is known; what is not is asked for, and there the next time.
    func history(of station: String, with other: Parameter?, through hour: Hour?) async -> History? {
        let known = history.flatMap { $0.station == station ? $0 : nil }
        let isOld =
            known.map { known in
                other.map { !known.has($0) } ?? false || hour.map { known.last < $0 } ?? false
            } ?? true
        let isAsked = asked.map { $0.station == station && $0.other == other && $0.hour == hour } ?? false
        if isOld, !isAsked, let writer, let line = try? StatusRequest(history: station, with: other).line {
            asked = (station, other, hour)
            try? await writer.write(ByteBuffer(bytes: line))
        }
        return known
    }

    private func take(_ line: String) throws {
        if line.hasPrefix(HistoryMessage.prefix) {
            guard let hours = try? JSONDecoder().decode(HistoryMessage.self, from: Data(line.utf8)).snapshot else {
                return
            }
            history = hours
        } else {
            let message = try StatusMessage(line: line)
            if message.changes ?? false, newest != nil {
                newest?.take(changes: message.snapshot, hasDesk: message.desk != nil)
            } else {
                newest = message.snapshot
            }
            unheardSince = nil
        }
        step += 1
    }

    private func lose(at now: Instant) {
        writer = nil
        asked = nil
        if unheardSince == nil { unheardSince = now }
    }

    /// Stays attached until cancelled.
    func follow() async throws {
        while !Task.isCancelled {
            do {
                try await attach()
            } catch let failure as Failure where newest == nil {
                throw failure
            } catch let other as StatusMessage.OtherVersion {
                throw Failure(.unavailable, Session.words.otherMonitorVersion(path, other.version))
            } catch {}
            lose(at: WallClock.now)
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private func attach() async throws {
        try await StatusClient.forEachLine(path) { line, writer in
            if self.writer == nil {
                self.writer = writer
                try await writer.write(ByteBuffer(bytes: try StatusRequest(changes: true, desk: true).line))
            }
            try take(line)
            return true
        }
    }

    /// The longest line that is taken: a city of 2,000 stations.
    private static let longestLine = 16 << 20

    /// Calls `body` with each message and its line, as they come, until it returns false or the monitor goes away.
    ///
    /// - Throws: ``Failure`` where no monitor is there, or it speaks otherwise.
    static func forEachMessage(
        _ path: String, _ body: (StatusMessage, _ line: String) async throws -> Bool
    ) async throws {
        try await forEachLine(path) { line, _ in try await body(try StatusMessage(line: line), line) }
    }

    /// What a monitor shows now, and the hours of one station, by its key, with those of another channel than the pollutants.
    static func look(
        _ path: String, with other: Parameter? = nil, station: (Snapshot) -> String?
    ) async throws -> (snapshot: Snapshot, history: History?) {
        var snapshot: Snapshot?
        var history: History?
        // The hours of another channel are made of a month of samples.
        let patience = ContinuousClock.now.advanced(by: .milliseconds(other == nil ? 500 : 10_000))
        try await forEachLine(path) { line, writer in
            if line.hasPrefix(HistoryMessage.prefix) {
                history = try JSONDecoder().decode(HistoryMessage.self, from: Data(line.utf8)).snapshot
                return false
            }
            // An older monitor, or one before its first hour, has none to tell.
            guard snapshot == nil else { return ContinuousClock.now < patience }
            let now = try StatusMessage(line: line).snapshot
            snapshot = now
            guard let key = station(now) else { return false }
            try await writer.write(ByteBuffer(bytes: try StatusRequest(history: key, with: other).line))
            return true
        }
        guard let snapshot else { throw Failure(.unavailable, Session.words.noMonitor(path)) }
        return (snapshot, history)
    }

    private static func forEachLine(
        _ path: String, _ body: (String, NIOAsyncChannelOutboundWriter<ByteBuffer>) async throws -> Bool
    ) async throws {
        try await connect(path).executeThenClose { inbound, outbound in
            var buffer = ByteBuffer()
            for try await part in inbound {
                buffer.writeImmutableBuffer(part)
                while let line = buffer.takeLine() {
                    guard try await body(line, outbound) else { return }
                }
                guard buffer.readableBytes < longestLine else {
                    throw Failure(.unavailable, Session.words.noMonitor(path))
                }
                buffer.discardReadBytes()
            }
        }
    }
}

/// Keeps a screen's source attached.
struct AttachService: Service {
    let client: StatusClient

    func run() async throws {
        try await cancelWhenGracefulShutdown { try await client.follow() }
    }
}
