package import AQICore
package import Texts
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
        /// By which rules the last full hour looks wrong.
        package var marks = SuspectMarks()

        package init(pollutant: Pollutant) {
            self.pollutant = pollutant
        }
    }

    /// What a station measures beside the pollutants: nitrogen oxides, the weather.
    package struct Other: Equatable, Sendable {
        package var parameter: Parameter
        /// The newest value, or why there is none.
        package var latest: Concentration
        /// When that was measured.
        package var measured: Instant

        package init(parameter: Parameter, latest: Concentration, measured: Instant) {
            self.parameter = parameter
            self.latest = latest
            self.measured = measured
        }
    }

    /// What a report says as a whole.
    package struct Index: Equatable, Sendable {
        /// The index, or nil for `NA`.
        package var index: Int32?
        package var primary: IndicatorSet
        /// Why something in it is missing; empty where nothing is.
        package var note: String

        package init(index: Int32?, primary: IndicatorSet = IndicatorSet(), note: String = "") {
            self.index = index
            self.primary = primary
            self.note = note
        }

        package init(_ report: IndexReport) {
            self.init(index: report.index, primary: report.primary, note: IndexTable.note(of: report))
        }

        package var level: AirQualityLevel? { index.map(AirQualityLevel.init(index:)) }
    }

    /// Values of hours and days that a station made itself: how many were compared with those made here, how many differ by more
    /// than their last digit, and how many stand in where no samples came.
    package struct OwnMeans: Equatable, Sendable {
        package var compared: UInt64
        package var differing: UInt64
        package var used: UInt64

        package init(compared: UInt64 = 0, differing: UInt64 = 0, used: UInt64 = 0) {
            (self.compared, self.differing, self.used) = (compared, differing, used)
        }
    }

    package struct Station: Equatable, Sendable {
        /// The name under which it is stored and exported.
        package var key: String
        package var name: String
        package var lines: [Line]
        package var others: [Other] = []
        /// The last full hour; nil before the first.
        package var hour: Hour?
        package var realtime: Index?
        package var running24: Index?
        package var ownMeans = OwnMeans()

        package init(key: String, name: String, lines: [Line]) {
            self.key = key
            self.name = name
            self.lines = lines
        }
    }

    /// A calibration, or the recovery from one.
    package struct Phase: Equatable, Sendable {
        package var flag: DataFlag
        package var until: Instant?

        package init(flag: DataFlag, until: Instant?) {
            self.flag = flag
            self.until = until
        }
    }

    /// One device of a bus, and how the exchanges with it went since the program started.
    package struct Device: Equatable, Sendable {
        package var bus: String
        package var name: String
        /// False while it is only tried now and then.
        package var isAsked = true
        /// Whether it did not answer when it was asked last.
        package var isSilent = false
        /// Why its latest failure was one, as the message of the status socket has it: `timeout`, `exception 2`.
        package var trouble: String?
        /// What it reads instead of air; nil while it measures.
        package var phase: Phase?
        package var answered: UInt64 = 0
        package var timeouts: UInt64 = 0
        package var checksums: UInt64 = 0
        package var malformed: UInt64 = 0
        /// Refusals by exception code.
        package var exceptions: [Int: UInt64] = [:]
        package var late: UInt64 = 0
        package var resyncs: UInt64 = 0
        package var losses: UInt64 = 0
        /// Round trips in microseconds: half of the answers, and 99 of 100, came within.
        package var median: Int64?
        package var slowest: Int64?

        package init(bus: String, name: String) {
            self.bus = bus
            self.name = name
        }
    }

    /// A station that sends its values here, and how that went since the program started.
    package struct Sender: Equatable, Sendable {
        /// The receiver to which it sends.
        package var receiver: String
        /// As it calls itself.
        package var name: String
        package var isConnected = false
        package var packets: UInt64 = 0
        /// Those of them that could not be used.
        package var refused: UInt64 = 0
        /// When it spoke last.
        package var heard: Instant?
        /// Seconds by which its clock was ahead of ours.
        package var clockOffset: Int64?
        /// What it does wrong, by name.
        package var sins: [String: UInt64] = [:]

        package init(receiver: String, name: String) {
            self.receiver = receiver
            self.name = name
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
    /// Since when the monitor that this comes from is not heard any more.
    package var unheardSince: Instant?
    /// Why nothing is stored at the moment, in words; nil while all is well.
    package var storeTrouble: String?
    package var stations: [Station]
    package var inForce: InForce?
    package var wanted: WarningLevel?
    /// What lies before the warnings' people.
    package var desk = Desk()
    /// Alarms that are not back to normal, in the order in which they were raised first.
    package var alarms: [Alarm] = []
    package var devices: [Device] = []
    package var senders: [Sender] = []
    /// Newest last.
    package var log: [LogLine]
    /// Lines that the log ever had.
    package var logged: UInt64 = 0

    package init(time: Instant, stations: [Station] = [], log: [LogLine] = []) {
        self.time = time
        self.stations = stations
        self.log = log
    }
}

extension Words {
    /// What a device reads.
    package func phase(_ phase: Snapshot.Phase?) -> String {
        guard let phase else { return deviceMeasures }
        let until = phase.until?.clock
        guard let kind = CalibrationKind(phase.flag) else { return deviceRecovers(until: until) }
        return deviceReads("\(calibrationKind(kind)) (\(phase.flag.text))", until: until)
    }

    /// That a device did not answer when it was asked last, or is only tried now and then; nil of one that answers.
    package func silence(_ device: Snapshot.Device) -> String? {
        if !device.isAsked { return deviceIsPaused }
        return device.isSilent ? flag(.communication) : nil
    }
}
