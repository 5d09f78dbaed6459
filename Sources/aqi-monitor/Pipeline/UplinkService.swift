import AQICore
import HJ212
import Ingest
import ServiceLifecycle
import Store
import Texts
import Uplink

/// Uploads the store's hours to one platform; a platform that is away delays nobody else.
struct UplinkService: Service {
    let destination: Destination
    let store: String
    let pipeline: Pipeline
    let journal: Journal
    let words: any Words

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    return try await upload()
                } catch let error as StoreError {
                    // The platform waits for the disk; measuring does not.
                    let text = "\(destination.name): \(words.problem(error))"
                    journal.add(text, at: WallClock.now, isWarning: true)
                    try? await Task.sleep(for: .seconds(60))
                }
            }
        }
    }

    private func upload() async throws {
        let name = destination.name
        let uplink = Uplink(
            destination, store: try StoreReader(path: store), wall: { WallClock.now },
            tell: { event in
                switch event {
                case .connected: journal.add(words.platformConnected(name), at: WallClock.now)
                case .lost: journal.add(words.platformLost(name), at: WallClock.now, isWarning: true)
                }
            },
            moveCursor: { try await pipeline.moveCursor(of: name, to: $0) })
        try await uplink.run()
    }
}
