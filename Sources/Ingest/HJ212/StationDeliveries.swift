package import AQICore
import Synchronization

/// What stations brought, to be kept together.
package struct StationDelivery: Equatable, Sendable {
    package var readings: [Reading] = []
    /// Hours and days that they made themselves.
    package var means: [StationMean] = []

    package init() {}

    package var isEmpty: Bool { readings.isEmpty && means.isEmpty }
}

/// What came and is not kept yet, of all connections.
final class StationDeliveries: Sendable {
    struct Parcel: Sendable {
        let connection: StationConnection
        let acknowledgements: [UInt8]
    }

    struct Batch: Sendable {
        var delivery = StationDelivery()
        var parcels: [Parcel] = []
    }

    private let batch = Mutex(Batch())
    let signals: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init() {
        // One signal stands for all that has come since the last.
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ delivery: StationDelivery, _ parcel: Parcel) {
        batch.withLock {
            $0.delivery.readings += delivery.readings
            $0.delivery.means += delivery.means
            $0.parcels.append(parcel)
        }
        signal.yield()
    }

    func take() -> Batch {
        batch.withLock { batch in
            defer { batch = Batch() }
            return batch
        }
    }

    func finish() { signal.finish() }
}
