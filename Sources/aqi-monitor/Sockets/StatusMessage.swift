import AQICore
import Foundation
import Ingest
import Terminal
import Texts
import Warnings

/// What a running monitor says of itself: one line of JSON, described in `docs/dashboard.md`. Keys are only added; `version`
/// changes where one changes its meaning.
struct StatusMessage: Codable, Equatable, Sendable {
    /// The version of the format.
    static let version = 1

    var version = StatusMessage.version
    /// The monitor's process.
    var process: Int32
    var time: String
    var simulation: String?
    /// Why nothing is stored at the moment.
    var storeTrouble: String?
    var stations: [Station]
    var warning: Warning
    /// What the warnings wait for; absent from the messages of monitors that did not tell yet.
    var desk: Desk?
    var devices: [Device]
    /// Stations that send their values; absent from the messages of monitors that did not tell yet.
    var senders: [Sender]?
    /// Absent, as `logged`, from the messages of monitors that did not tell yet.
    var alarms: [AlarmLine]?
    var logged: UInt64?
    var log: [LogLine]
    /// True where stations and senders that are as they were in the line before, and lines of the log that were in it, are left
    /// out; see ``StatusRequest``.
    var changes: Bool?

    struct Station: Codable, Equatable {
        var key: String
        var name: String
        /// The last full hour, as its hour-ending label.
        var hour: String?
        var realtime: Index?
        var running24: Index?
        var pollutants: [Line]
        /// What else is measured; absent where nothing is.
        var others: [Other]?
        /// Absent from the messages of monitors that did not tell yet.
        var ownMeans: OwnMeans?
    }

    /// Values of hours and days that the station made itself.
    struct OwnMeans: Codable, Equatable {
        var compared: UInt64
        var differing: UInt64
        var used: UInt64
    }

    struct Other: Codable, Equatable {
        var name: String
        var value: Thousandths?
        var flag: String
        var measured: String
    }

    struct Index: Codable, Equatable {
        var aqi: Int32?
        var level: UInt8?
        var primary: [String]
        var note: String
    }

    struct Line: Codable, Equatable {
        var name: String
        var value: Thousandths?
        /// The HJ 212 letter or national code of the newest value; empty before the first.
        var flag: String?
        var measured: String?
        var hourSoFar: Thousandths?
        var hour: Thousandths?
        var hourFlag: String?
        var mean24: Thousandths?
        var iaqi: Int32?
        /// By which rules the last full hour looks wrong, as Qspike.
        var marks: String?
    }

    struct Warning: Codable, Equatable {
        var level: String?
        var response: String?
        /// The hour from which on the level is in force, as its hour-ending label.
        var since: String?
        var number: Int?
        var wanted: String?
    }

    struct Device: Codable, Equatable {
        var bus: String
        var name: String
        var asked: Bool
        /// Only where it is so.
        var silent: Bool?
        /// Why its latest failure was one.
        var trouble: String?
        /// What it reads instead of air: the mark, as CZ, W for the recovery, and until when where that is known.
        var phase: String?
        var phaseUntil: String?
        var ok: UInt64
        var timeout: UInt64
        var checksum: UInt64
        var malformed: UInt64
        var exceptions: [String: UInt64]
        var late: UInt64
        var resync: UInt64
        var lost: UInt64
        /// Microseconds.
        var p50: Int64?
        var p99: Int64?
    }

    struct Sender: Codable, Equatable {
        var receiver: String
        var name: String
        var connected: Bool
        var packets: UInt64
        var refused: UInt64
        var heard: String?
        /// Seconds.
        var clockOffset: Int64?
        var sins: [String: UInt64]
    }

    struct LogLine: Codable, Equatable {
        var time: String
        var text: String
        var warning: Bool
    }

    /// A number with at most three decimals, in the unit of its pollutant.
    ///
    /// JSON numbers pass through binary64, which tells any two thousandths of an `Int32` apart: what is written is the
    /// shortest decimal that gives the same number, and what is read is rounded to the thousandth that was written.
    struct Thousandths: Codable, Equatable {
        var count: Int32

        init?(_ count: Int32?) {
            guard let count else { return nil }
            self.count = count
        }

        init(from decoder: any Decoder) throws {
            let number = try decoder.singleValueContainer().decode(Double.self) * 1000
            guard let count = Int32(exactly: number.rounded()) else {
                throw DecodingError.dataCorrupted(
                    .init(codingPath: decoder.codingPath, debugDescription: "no concentration: \(number)"))
            }
            self.count = count
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(Double(count) / 1000)
        }
    }

    // MARK: - As a line

    /// The message on one line, without its end.
    var line: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// Reads a line; one of a newer monitor says so, whatever is in it.
    init(line: String) throws {
        let data = Data(line.utf8)
        do {
            self = try JSONDecoder().decode(StatusMessage.self, from: data)
        } catch {
            let version = try JSONDecoder().decode(Header.self, from: data).version
            throw version == StatusMessage.version ? error : OtherVersion(version: version)
        }
        guard version == StatusMessage.version else { throw OtherVersion(version: version) }
    }

    private struct Header: Decodable { var version: Int }

    /// A monitor of another version speaks.
    struct OtherVersion: Error { var version: Int }
}

// MARK: - From and to what a screen shows

extension StatusMessage {
    init(_ snapshot: Snapshot, process: Int32) {
        self.process = process
        time = snapshot.time.iso8601
        simulation = snapshot.simulation
        storeTrouble = snapshot.storeTrouble
        stations = snapshot.stations.map(Station.init)
        warning = Warning(
            level: snapshot.inForce?.level.rawValue, response: snapshot.inForce?.level.response,
            since: snapshot.inForce?.since.endingLabel.iso8601, number: snapshot.inForce?.number,
            wanted: snapshot.wanted?.rawValue)
        desk = Desk(snapshot.desk)
        devices = snapshot.devices.map(Device.init)
        senders = snapshot.senders.map(Sender.init)
        alarms = snapshot.alarms.map(AlarmLine.init)
        logged = snapshot.logged
        log = snapshot.log.map { LogLine(time: $0.time.iso8601, text: $0.text, warning: $0.isWarning) }
    }

    var snapshot: Snapshot {
        var snapshot = Snapshot(time: TimeText.parse(time) ?? Instant(seconds: 0))
        snapshot.simulation = simulation
        snapshot.storeTrouble = storeTrouble
        snapshot.stations = stations.map(\.snapshot)
        if let level = warning.level.flatMap(WarningLevel.init(rawValue:)), let since = hour(warning.since) {
            snapshot.inForce = .init(level: level, since: since, number: warning.number ?? 0)
        }
        snapshot.wanted = warning.wanted.flatMap(WarningLevel.init(rawValue:))
        if let desk { snapshot.desk = desk.desk }
        snapshot.devices = devices.map(\.snapshot)
        snapshot.senders = senders?.map(\.snapshot) ?? []
        snapshot.alarms = alarms?.compactMap(\.alarm) ?? []
        snapshot.logged = logged ?? UInt64(log.count)
        snapshot.log = log.map {
            .init(time: TimeText.parse($0.time) ?? snapshot.time, text: $0.text, isWarning: $0.warning)
        }
        return snapshot
    }
}

/// The hour of an hour-ending label.
func hour(_ label: String?) -> Hour? { label.flatMap(TimeText.parse).map(Hour.init(endingAtLabel:)) }

extension StatusMessage.Station {
    fileprivate init(_ station: Snapshot.Station) {
        self.init(
            key: station.key, name: station.name, hour: station.hour?.endingLabel.iso8601,
            realtime: station.realtime.map(StatusMessage.Index.init),
            running24: station.running24.map(StatusMessage.Index.init),
            pollutants: station.lines.map(StatusMessage.Line.init),
            others: station.others.isEmpty ? nil : station.others.map(StatusMessage.Other.init),
            ownMeans: StatusMessage.OwnMeans(
                compared: station.ownMeans.compared, differing: station.ownMeans.differing, used: station.ownMeans.used)
        )
    }

    fileprivate var snapshot: Snapshot.Station {
        var station = Snapshot.Station(key: key, name: name, lines: pollutants.compactMap(\.snapshot))
        station.others = others?.compactMap(\.snapshot) ?? []
        station.hour = aqi_monitor.hour(hour)
        station.realtime = realtime?.snapshot
        station.running24 = running24?.snapshot
        station.ownMeans =
            ownMeans.map { .init(compared: $0.compared, differing: $0.differing, used: $0.used) } ?? .init()
        return station
    }
}

extension StatusMessage.Other {
    fileprivate init(_ other: Snapshot.Other) {
        self.init(
            name: other.parameter.name, value: .init(other.latest.thousandths), flag: other.latest.reason.text,
            measured: other.measured.iso8601)
    }

    fileprivate var snapshot: Snapshot.Other? {
        guard let parameter = Parameter(name: name), let measured = TimeText.parse(measured),
            let latest = StatusMessage.concentration(value, flag)
        else { return nil }
        return .init(parameter: parameter, latest: latest, measured: measured)
    }
}

extension StatusMessage.Index {
    fileprivate init(_ index: Snapshot.Index) {
        self.init(
            aqi: index.index, level: index.level?.rawValue, primary: index.primary.names, note: index.note)
    }

    fileprivate var snapshot: Snapshot.Index {
        var primary = IndicatorSet()
        for indicator in Indicator.allSeven where self.primary.contains(indicator.name) { primary.insert(indicator) }
        return .init(index: aqi, primary: primary, note: note)
    }
}

extension StatusMessage.Line {
    fileprivate init(_ line: Snapshot.Line) {
        self.init(
            name: line.pollutant.name, value: .init(line.latest?.thousandths), flag: line.latest?.reason.text,
            measured: line.measured?.iso8601, hourSoFar: .init(line.hourSoFar), hour: .init(line.hour?.thousandths),
            hourFlag: line.hour?.reason.text, mean24: .init(line.day), iaqi: line.subIndex,
            marks: line.marks.isEmpty ? nil : line.marks.text)
    }

    fileprivate var snapshot: Snapshot.Line? {
        guard let pollutant = Pollutant(name: name) else { return nil }
        var line = Snapshot.Line(pollutant: pollutant)
        line.latest = StatusMessage.concentration(value, flag)
        line.measured = measured.flatMap(TimeText.parse)
        line.hourSoFar = hourSoFar?.count
        line.hour = StatusMessage.concentration(hour, hourFlag)
        line.day = mean24?.count
        line.subIndex = iaqi
        line.marks = marks.flatMap(SuspectMarks.init(text:)) ?? SuspectMarks()
        return line
    }
}

extension StatusMessage {
    fileprivate static func concentration(_ value: Thousandths?, _ flag: String?) -> Concentration? {
        if let value { return Concentration(thousandths: value.count) }
        return flag.map { .missing($0.isEmpty ? .absent : DataFlag(text: $0)) }
    }
}
