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
        try await cancelWhenGracefulShutdown { try await uplink.run() }
    }
}
