import Glibc
import NIOCore
import NIOPosix
import ServiceLifecycle
import Texts

/// A socket of a monitor in the file system: who may connect is who may write to the file.
struct LocalSocket {
    /// Who connected.
    typealias Peer = NIOAsyncChannel<ByteBuffer, ByteBuffer>
    private typealias Server = NIOAsyncChannel<Peer, Never>

    let path: String
    /// The rights on the file, as 0o660.
    let mode: mode_t

    /// The longest path that a socket address holds.
    ///
    /// Source: unix(7), sun_path of 108 bytes with its end.
    static let longestPath = 107

    /// Listens. A socket that nobody listens on any more, as after a power cut, is replaced; one of a living monitor is not.
    private func listen() async throws -> Server {
        if LocalSocket.exists(path) {
            guard try await !LocalSocket.answers(path) else {
                throw Failure(.unavailable, Session.words.socketIsTaken(path))
            }
        }
        do {
            let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            // Until here only the owner may write to it, as to any new file.
            // Invariant: the path is NUL-terminated for the length of the call.
            guard unsafe chmod(path, mode) == 0 else { throw IOError(errnoCode: errno, reason: "chmod") }
            return server
        } catch let error as IOError {
            throw Failure(.cannotCreate, Session.words.cannotCreate(path, systemMessage(error.errnoCode)))
        } catch let error as SocketAddressError {
            throw Failure(.badConfiguration, Session.words.cannotCreate(path, "\(error)"))
        }
    }

    /// Listens, and answers so many peers at a time, each by itself, until cancelled; more are closed at once. Where the file
    /// system does not let it listen, or it is out of descriptors, people outside wait and measuring goes on: that is told once,
    /// and tried again.
    ///
    /// - Throws: ``Failure`` where another monitor listens there, or the path is none.
    func serve(
        _ journal: Journal, peers: Int, _ answer: @escaping @Sendable (Peer) async throws -> Void
    ) async throws {
        let places = Places(count: peers)
        try await cancelWhenGracefulShutdown {
            var hasTold = false
            while !Task.isCancelled {
                do {
                    let server = try await listen()
                    // Invariant: the path is NUL-terminated for the length of the call.
                    defer { _ = unsafe unlink(path) }
                    hasTold = false
                    try? await accept(server, places, answer)
                } catch let failure as Failure where failure.status == .cannotCreate {
                    if !hasTold { journal.add(failure.message, at: WallClock.now, isWarning: true) }
                    hasTold = true
                }
                try? await Task.sleep(for: hasTold ? .seconds(10) : .seconds(1))
            }
        }
    }

    private func accept(
        _ server: Server, _ places: Places, _ answer: @escaping @Sendable (Peer) async throws -> Void
    ) async throws {
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

    /// Connects to a monitor.
    static func connect(_ path: String) async throws -> Peer {
        try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(unixDomainSocketPath: path) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
    }

    private static func exists(_ path: String) -> Bool {
        var information = stat()
        return unsafe lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFSOCK
    }

    private static func answers(_ path: String) async throws -> Bool {
        do {
            try await connect(path).executeThenClose { _, _ in }
            return true
        } catch {
            return false
        }
    }
}
