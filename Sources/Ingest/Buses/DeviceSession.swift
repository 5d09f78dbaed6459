package import AQICore

/// A device as supervision sees it: a name, and channels to keep informed.
package struct SupervisedDevice: Equatable, Sendable {
    package var name: String
    package var channels: [Channel]
    package var calibration: CalibrationPlan

    package init(name: String, channels: [Channel], calibration: CalibrationPlan = CalibrationPlan()) {
        self.name = name
        self.channels = channels
        self.calibration = calibration
    }
}

/// What one device brought in one round.
package struct DeviceAnswer: Equatable, Sendable {
    /// One reading a channel that was answered for, as measured: supervision puts ``flag`` on it.
    package var readings: [Reading] = []
    /// What the device says of how it is doing. While that is not valid no reading counts, whatever its value; the value makes
    /// the result where the device is calibrated.
    package var flag = DataFlag.normal
    /// The first thing that went wrong.
    package var failure: ExchangeError?

    package init() {}
}

/// What a device recorded of a gap.
package struct RecordAnswer: Equatable, Sendable {
    /// Backfilled ones, of minutes in which the device was in order.
    package var readings: [Reading] = []
    /// Why its records are not used; told once a gap.
    package var trouble: RecordTrouble?

    package init() {}
}

/// One protocol on one line: what a ``SupervisedBus`` needs to know of it. Used by one thread at a time, which it may block.
package protocol DeviceSession: AnyObject {
    /// The devices of the line, in the order of their places.
    var devices: [SupervisedDevice] { get }
    /// Makes the line ready for a request, if it is not.
    func open() throws(ExchangeError)
    /// Asks a device for all its channels. `now` is called after each answer; what it gives is the time of its readings.
    func read(_ place: Int, now: () -> Instant) -> DeviceAnswer
    /// Asks a device for as little as can be; throws where it does not answer.
    func probe(_ place: Int) throws(ExchangeError)
    /// Asks a device for a bite of what it recorded in a gap; nil where nothing is wanted. Once a round at most, after every
    /// device was read.
    func fill(_ place: Int, now: () -> Instant) -> RecordAnswer?
    /// Called after a round in which no device answered.
    func heardNobody()
    /// How the exchanges with a device went.
    func counters(_ place: Int) -> DeviceCounters
    /// Lets go of the line.
    func close()
}

extension DeviceSession {
    /// Most protocols have no records.
    package func fill(_ place: Int, now: () -> Instant) -> RecordAnswer? { nil }
}

extension [Reading] {
    /// Puts a mark on readings: where it is not valid they have no value, whatever was measured. Where it is, values below what
    /// noise explains are missing.
    package mutating func mark(_ flag: DataFlag) {
        for place in indices {
            self[place].value =
                flag.isValid
                ? self[place].value.withinLegalRange(of: self[place].channel.parameter) : .missing(flag)
        }
    }
}
