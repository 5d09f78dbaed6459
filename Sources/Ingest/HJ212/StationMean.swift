package import AQICore
import HJ212

/// What a station made of an hour or a day itself (2061, 2031). Hours are made here, of samples: this is what they are compared
/// with, and what stands in where no samples came.
package struct StationMean: Equatable, Sendable {
    package enum Interval: Equatable, Sendable {
        case hour
        case day
    }

    /// Of a pollutant; missing ones say nothing and are left out.
    package struct Value: Equatable, Sendable {
        package var pollutant: Pollutant
        package var thousandths: Int32
        /// The last digit with which the station wrote it, thousandths.
        package var step: Int32

        package init(pollutant: Pollutant, thousandths: Int32, step: Int32) {
            self.pollutant = pollutant
            self.thousandths = thousandths
            self.step = step
        }
    }

    /// The station's place in the configuration.
    package var station: Int32
    package var interval: Interval
    /// The start of the interval.
    package var start: Instant
    package var values: [Value]

    package init(station: Int32, interval: Interval, start: Instant, values: [Value]) {
        self.station = station
        self.interval = interval
        self.start = start
        self.values = values
    }
}

extension StationMean {
    /// The means of a packet at its time; nil for another command, and for a time at which no hour or day begins.
    ///
    /// - Throws: ``Fault/value`` for a text that is no number.
    init?(
        _ packet: borrowing Packet, in data: Span<UInt8>, of station: WireStation, at time: Instant
    ) throws(Fault) {
        switch packet.cn {
        case Command.hours where Hour(containing: time).beginning == time: interval = .hour
        case Command.day where Hour(containing: time).beginning == time && Hour(containing: time).isFirstOfDay:
            interval = .day
        default: return nil
        }
        self.station = station.number
        start = time
        values = []
        for channel in station.channels {
            guard let pollutant = channel.parameter.pollutant,
                let found = try channel.value(of: packet, in: data, kind: .mean, at: time),
                let thousandths = found.value.thousandths
            else { continue }
            values.append(
                Value(
                    pollutant: pollutant, thousandths: thousandths,
                    step: channel.lastDigit(of: found.text, in: data, at: time)))
        }
    }
}

extension Hour {
    fileprivate var isFirstOfDay: Bool { self == day.lastHour - 23 }
}
