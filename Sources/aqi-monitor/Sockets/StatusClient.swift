import AQICore
import Glibc
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

    init(path: String) {
        self.path = path
    }

    func snapshot(after seen: UInt64?) -> (snapshot: Snapshot, step: UInt64)? {
        guard var snapshot = newest, seen != step || unheardSince != nil else { return nil }
        if let unheardSince {
            // Ages go on while nothing comes.
            snapshot.time = max(snapshot.time, WallClock.now)
            snapshot.unheardSince = unheardSince
        }
        return (snapshot, step)
    }

    fileprivate func take(_ message: StatusMessage) {
        newest = message.snapshot
        unheardSince = nil
        step += 1
    }

    fileprivate func lose(at now: Instant) {
        if unheardSince == nil { unheardSince = now }
    }

    /// Stays attached until cancelled.
    func follow() async throws {
        while !Task.isCancelled {
            do {
                try await StatusClient.forEachMessage(path) { message, _ in
                    take(message)
                    return true
                }
            } catch let failure as Failure where newest == nil {
                throw failure
            } catch let other as StatusMessage.OtherVersion {
                throw Failure(.unavailable, Session.words.otherMonitorVersion(path, other.version))
            } catch {}
            lose(at: WallClock.now)
            try? await Task.sleep(for: .seconds(1))
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
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            channel = try await LocalSocket.connect(path)
        } catch let error as IOError where error.errnoCode == EACCES {
            throw Failure(.unavailable, Session.words.unreadable(path, systemMessage(EACCES)))
        } catch {
            throw Failure(.unavailable, Session.words.noMonitor(path))
        }
        try await channel.executeThenClose { inbound, _ in
            var buffer = ByteBuffer()
            for try await part in inbound {
                buffer.writeImmutableBuffer(part)
                while let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
                    let length = end - buffer.readerIndex
                    guard let line = buffer.readString(length: length) else { return }
                    buffer.moveReaderIndex(forwardBy: 1)
                    guard try await body(try StatusMessage(line: line), line) else { return }
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
