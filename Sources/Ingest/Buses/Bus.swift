package import AQICore

/// What happened on a bus beside readings; text for people is made elsewhere.
package enum BusEvent: Equatable, Sendable {
    /// A device that answered, or was never asked, does not answer.
    case deviceLost(bus: String, device: String, ExchangeError)
    /// A device that did not answer does again, or is whole again.
    case deviceBack(bus: String, device: String)
    /// A device answers, but not for all its channels.
    case deviceIncomplete(bus: String, device: String, ExchangeError)
    /// A device has been silent for so long that it is only tried now and then, until ``deviceBack(bus:device:)``.
    case devicePaused(bus: String, device: String)
    /// A device went over from the air to something else, or back.
    case calibration(bus: String, device: String, CalibrationState)
    /// A phase lasts longer than any should: a forgotten command, or a status that is stuck.
    case calibrationOverdue(bus: String, device: String, CalibrationState)
    /// What a device recorded during an outage is not used.
    case recordsUnused(bus: String, device: String, RecordTrouble)
}

/// What one round over the devices of a bus brought.
package struct BusReport: Equatable, Sendable {
    package var readings: [Reading] = []
    /// Hours and days that stations made themselves.
    package var means: [StationMean] = []
    package var events: [BusEvent] = []
    /// Phases that are over.
    package var calibrations: [CalibrationRecord] = []
    /// Where calibrations stand that changed: what has to be kept for a restart.
    package var changes: [CalibrationChange] = []

    package init() {}

    /// Takes in what another bus brought.
    package mutating func append(_ other: BusReport) {
        readings += other.readings
        means += other.means
        events += other.events
        calibrations += other.calibrations
        changes += other.changes
    }
}

/// A device by its names, and what must be known again of its calibration after a restart; nil where nothing must.
package struct CalibrationChange: Equatable, Sendable {
    package var bus: String
    package var device: String
    package var memory: CalibrationMemory?
}

/// A line with devices on it. One at a time asks; others wait.
package protocol Bus: Actor {
    nonisolated var name: String { get }
    /// Asks every device once, those that answer first. Each channel gets a reading: a value, or why there is none.
    ///
    /// A reading carries the moment of its answer where the bus has a clock of its own, else `time`.
    func poll(at time: Instant) -> BusReport
    /// How the exchanges with each device went.
    var statistics: [DeviceStatistics] { get }
    /// Takes up what an earlier run left of the calibrations, by the names of devices; before the first round.
    func restore(_ memories: [String: CalibrationMemory])
    /// Follows what a person wants of a device, at once. There are no readings in the report.
    func follow(
        _ command: CalibrationCommand, of device: String, at time: Instant
    ) throws(CalibrationCommand.Refusal) -> BusReport
    /// Ends a poll that is under way, and every later one: at once, and for good. Channels that were not asked by then get no
    /// reading.
    nonisolated func interrupt()
    /// Lets go of the line, and forgets who was silent.
    func close()
}

/// Where a bus reads the time, if not from whoever polls it.
package struct BusClock: Sendable {
    /// What readings carry.
    package var instant: @Sendable () -> Instant
    /// Milliseconds of a clock that nobody sets: what back-off goes by.
    package var milliseconds: @Sendable () -> Int64

    package init(instant: @escaping @Sendable () -> Instant, milliseconds: @escaping @Sendable () -> Int64) {
        self.instant = instant
        self.milliseconds = milliseconds
    }
}
