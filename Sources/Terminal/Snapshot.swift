package import AQICore
package import Warnings

/// Everything that a screen shows, at one moment; nothing on a screen comes from anywhere else.
package struct Snapshot: Equatable, Sendable {
    /// One pollutant of a station.
    package struct Line: Equatable, Sendable {
        package var pollutant: Pollutant
        /// The newest value, or why there is none; nil before the first.
        package var latest: Concentration?
        /// When the newest value was measured.
        package var measured: Instant?
        /// The mean of the hour under way, thousandths.
        package var hourSoFar: Int32?
        /// The last full hour.
        package var hour: Concentration?
        /// The mean of the last 24 full hours, thousandths, where it is valid.
        package var day: Int32?
        /// The sub-index of the last full hour.
        package var subIndex: Int32?

        package init(pollutant: Pollutant) {
            self.pollutant = pollutant
        }
    }

    package struct Station: Equatable, Sendable {
        package var name: String
        package var lines: [Line]
        /// The last full hour; nil before the first.
        package var hour: Hour?
        package var realtime: IndexReport?
        package var running24: IndexReport?

        package init(name: String, lines: [Line]) {
            self.name = name
            self.lines = lines
        }
    }

    package struct InForce: Equatable, Sendable {
        package var level: WarningLevel
        package var since: Hour
        package var number: Int

        package init(level: WarningLevel, since: Hour, number: Int) {
            self.level = level
            self.since = since
            self.number = number
        }
    }

    package struct LogLine: Equatable, Sendable {
        package var time: Instant
        package var text: String
        package var isWarning: Bool

        package init(time: Instant, text: String, isWarning: Bool) {
            self.time = time
            self.text = text
            self.isWarning = isWarning
        }
    }

    package var time: Instant
    /// nil for a real station; else how many times as fast the simulated time runs, as `1800`.
    package var simulation: String?
    /// Why nothing is stored at the moment, in words; nil while all is well.
    package var storeTrouble: String?
    package var stations: [Station]
    package var inForce: InForce?
    package var wanted: WarningLevel?
    /// Newest last.
    package var log: [LogLine]

    package init(time: Instant, stations: [Station] = [], log: [LogLine] = []) {
        self.time = time
        self.stations = stations
        self.log = log
    }
}
