package import AQICore

/// A device as supervision sees it: a name, and channels to keep informed.
package struct SupervisedDevice: Equatable, Sendable {
    package var name: String
    package var channels: [Channel]

    package init(name: String, channels: [Channel]) {
        self.name = name
        self.channels = channels
    }
}

/// What one device brought in one round.
package struct DeviceAnswer: Equatable, Sendable {
    /// One reading a channel that was answered for.
    package var readings: [Reading] = []
    /// The first thing that went wrong.
    package var failure: ExchangeError?

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
    /// Called after a round in which no device answered.
    func heardNobody()
    /// How the exchanges with a device went.
    func counters(_ place: Int) -> DeviceCounters
    /// Lets go of the line.
    func close()
}
