package import AQICore

/// What happened on a bus beside readings; text for people is made elsewhere.
package enum BusEvent: Equatable, Sendable {
    /// A device that answered, or was never asked, does not answer.
    case deviceLost(bus: String, device: String, ModbusError)
    /// A device that did not answer does again.
    case deviceBack(bus: String, device: String)
}

/// What one round over the devices of a bus brought.
package struct BusReport: Equatable, Sendable {
    package var readings: [Reading] = []
    package var events: [BusEvent] = []

    package init() {}
}

/// A line with devices on it. One at a time asks; others wait.
package protocol Bus: Actor {
    nonisolated var name: String { get }
    /// Asks every device once. Each channel gets a reading, which carries `time`: a value, or why there is none.
    func poll(at time: Instant) -> BusReport
    /// Lets go of the line.
    func close()
}
