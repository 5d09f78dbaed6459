package import AQICore

/// Reads the hourly table: `station,time,pm25,pm10,so2,no2,co,o3`, any column order, hour-**ending** labels.
package struct HourlyTableReader {
    /// Texts beside the usual ones that stand for a missing value, as `-999`.
    package var missing: [String] = []
    /// Whether a value that cannot be read is taken as missing and counted, instead of refused.
    package var isLenient = false

    /// The column that names the station; a forecast table names its issue instead.
    var stationColumn = "station"
    /// The name of a text of that column on a line.
    var canonicalName: (String, Int) throws(TableError) -> String = { name, _ in name }

    /// The usual texts of a missing value, lower case.
    static let missingTexts: Set<String> = ["", "na", "nan", "null", "-", "--", "—", "/"]

    /// Whether a text is one of the usual ones.
    package static func isMissing(_ text: String) -> Bool { missingTexts.contains(text.lowercased()) }
    /// One station's hours may span this much; beyond, a year is mistyped.
    package static let longestSpanInHours: Int32 = 100 * 8766

    package init(missing: [String] = [], isLenient: Bool = false) {
        self.missing = missing
        self.isLenient = isLenient
    }

    init(stationColumn: String, canonicalName: @escaping (String, Int) throws(TableError) -> String) {
        self.stationColumn = stationColumn
        self.canonicalName = canonicalName
    }

    /// Reads a whole table.
    ///
    /// - Complexity: O(bytes) time; about 44 bytes of memory a record.
    /// - Throws: ``TableError`` with the line on which the record begins.
    package func read(_ bytes: [UInt8]) throws(TableError) -> HourlyTable {
        try UTF8Check.check(bytes)
        var records = CSVRecords(bytes)
        let columns = try Columns(&records, station: stationColumn)
        var collector = SeriesCollector(canonicalName: canonicalName)
        var sentinels = Sentinels(missing)
        var unreadable = 0
        while try records.next() {
            // Not even a lenient reader guesses which field is which.
            guard records.fields.count == columns.count else {
                throw TableError(.fieldCount(have: records.fields.count, need: columns.count), line: records.line)
            }
            let hour = try readHour(records, column: columns.time)
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                let place = pollutant.index
                let column = columns.values[place]
                guard column >= 0 else { continue }
                let flagColumn = columns.flags[place]
                let flag: DataFlag =
                    flagColumn >= 0 ? DataFlag(text: records.text(records.fields[flagColumn])) : .normal
                guard flag.isValid else {
                    row[pollutant] = .missing(flag)
                    continue
                }
                do throws(TableError) {
                    row[pollutant] = try readValue(records, column: column, pollutant, &sentinels)
                } catch {
                    guard isLenient else { throw error }
                    unreadable += 1
                }
            }
            try collector.add(
                row, at: hour, station: records.fields[columns.station], in: records, line: records.line)
        }
        var table = HourlyTable(series: try collector.series())
        table.ignoredColumns = columns.ignored
        table.unreadableValues = unreadable
        return table
    }

    private func readHour(_ records: CSVRecords, column: Int) throws(TableError) -> Hour {
        let field = records.fields[column]
        guard let label = TimeText.parse(records.bytes.span, field.range, wholeSeconds: true) else {
            throw TableError(.badTime(records.text(field)), line: records.line)
        }
        guard label.secondsIntoHour == 0 else {
            throw TableError(.notOnTheHour(records.text(field)), line: records.line)
        }
        return Hour(endingAtLabel: label)
    }

    private func readValue(
        _ records: CSVRecords, column: Int, _ pollutant: Pollutant, _ sentinels: inout Sentinels
    ) throws(TableError) -> Concentration {
        let field = records.fields[column]
        if field.range.isEmpty { return .missing(.absent) }
        switch DecimalText.parse(records.bytes.span, field.range) {
        case .thousandths(let value, let inexact):
            if sentinels.contains(value) { return .missing(.absent) }
            let lowest = pollutant.lowestLegal
            let tooLow = value < lowest || (value == lowest && inexact < 0)
            let tooHigh = value > 2_000_000_000 || (value == 2_000_000_000 && inexact > 0)
            if !tooLow, !tooHigh { return Concentration(thousandths: Int32(value)) }
        case .malformed:
            let text = records.text(field)
            if HourlyTableReader.isMissing(text) || missing.contains(text) {
                return .missing(.absent)
            }
            throw TableError(.badNumber(column: pollutant.name, text: text), line: records.line)
        case .tooLarge:
            if missing.contains(records.text(field)) { return .missing(.absent) }
        }
        throw TableError(
            .outOfRange(
                column: pollutant.name, text: records.text(field),
                lowest: pollutant == .co ? "-0.5" : "-10", highest: "2000000"),
            line: records.line)
    }
}

extension Pollutant {
    /// The lowest value that instrument noise explains, in thousandths: -10 µg/m³, CO -0.5 mg/m³.
    package var lowestLegal: Int64 { self == .co ? -500 : -10_000 }
}

extension Concentration {
    /// The value, or none where it lies below what instrument noise explains: an analyser stuck at -50 µg/m³ must not read as
    /// clean air.
    func withinLegalRange(of parameter: Parameter) -> Concentration {
        guard let pollutant = parameter.pollutant, let thousandths, Int64(thousandths) < pollutant.lowestLegal else {
            return self
        }
        return .missing(.negative)
    }
}

extension HourlyTableReader {
    /// Where each column stands; -1 where it is absent.
    struct Columns {
        var station = -1
        var time = -1
        var values = [Int](repeating: -1, count: Pollutant.count)
        var flags = [Int](repeating: -1, count: Pollutant.count)
        var ignored: [String] = []
        var count = 0

        init(_ records: inout CSVRecords, station stationName: String) throws(TableError) {
            guard try records.next() else { throw TableError(.empty, line: 0) }
            var seen: Set<String> = []
            for (column, field) in records.fields.enumerated() {
                let name = records.text(field).lowercased()
                let isRepeated = !seen.insert(name).inserted
                if name == stationName {
                    station = column
                } else if name == "time" {
                    time = column
                } else if let pollutant = Pollutant(name: name) {
                    values[pollutant.index] = column
                } else if name.hasPrefix("flag_"), let pollutant = Pollutant(name: String(name.dropFirst(5))) {
                    flags[pollutant.index] = column
                } else {
                    if !isRepeated { ignored.append(name) }
                    continue
                }
                if isRepeated { throw TableError(.repeatedColumn(name), line: records.line) }
            }
            count = records.fields.count
            if station < 0 { throw TableError(.missingColumn(stationName), line: records.line) }
            if time < 0 { throw TableError(.missingColumn("time"), line: records.line) }
        }
    }

    /// Further numbers that stand for a missing value, compared as numbers.
    struct Sentinels {
        private var values: [Int64] = []

        init(_ texts: [String]) {
            for text in texts {
                let bytes = Array(text.utf8)
                if case .thousandths(let value, _) = DecimalText.parse(bytes.span, 0..<bytes.count) {
                    values.append(value)
                }
            }
        }

        func contains(_ value: Int64) -> Bool { !values.isEmpty && values.contains(value) }
    }

    /// Gathers records by station, in whatever order they come.
    struct SeriesCollector {
        /// The records of a station as they come. Rows stand apart, so that those of a table in order, without gaps, are the
        /// series already.
        private struct Records {
            var stamps: [Stamp] = []
            var rows: [HourRow] = []
        }
        private struct Stamp {
            var hour: Hour
            var line: Int32
        }
        /// What a station's name stands for: a forecast's time of issue has more than one spelling. The first one is kept.
        var canonicalName: (String, Int) throws(TableError) -> String
        private var places: [StationName: Int] = [:]
        private var stations: [String] = []
        private var records: [Records] = []
        private var lastPlace = -1
        private var lastName: [UInt8] = []
        private var lastHasQuotes = false

        init(canonicalName: @escaping (String, Int) throws(TableError) -> String) {
            self.canonicalName = canonicalName
        }

        mutating func add(
            _ row: HourRow, at hour: Hour, station field: CSVRecords.Field, in table: CSVRecords, line: Int
        ) throws(TableError) {
            // Files mostly come station by station: the name before is the name now.
            if lastPlace < 0 || field.hasDoubledQuotes != lastHasQuotes
                || !SeriesCollector.equal(table.bytes.span, field.range, lastName)
            {
                let text = table.text(field)
                guard !text.isEmpty else { throw TableError(.emptyStation, line: line) }
                let name = try canonicalName(text, line)
                lastHasQuotes = field.hasDoubledQuotes
                if let place = places[StationName(text: name)] {
                    lastPlace = place
                } else {
                    lastPlace = stations.count
                    places[StationName(text: name)] = lastPlace
                    stations.append(text)
                    records.append(Records())
                }
                lastName = Array(table.bytes[field.range])
            }
            records[lastPlace].stamps.append(Stamp(hour: hour, line: Int32(truncatingIfNeeded: line)))
            records[lastPlace].rows.append(row)
        }

        private static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ name: [UInt8]) -> Bool {
            guard range.count == name.count else { return false }
            for place in 0..<name.count where bytes[range.lowerBound + place] != name[place] { return false }
            return true
        }

        /// Every station's hours in order, gaps filled with missing ones.
        mutating func series() throws(TableError) -> [HourlySeries] {
            var result: [HourlySeries] = []
            result.reserveCapacity(stations.count)
            for place in stations.indices {
                result.append(try series(stations[place], records[place]))
                records[place] = Records()
            }
            return result
        }

        private func series(_ station: String, _ records: Records) throws(TableError) -> HourlySeries {
            let stamps = records.stamps
            let isSorted = stamps.indices.dropFirst().allSatisfy { stamps[$0 - 1].hour < stamps[$0].hour }
            // Which record comes when; of equal hours the line that stands first.
            var order = Array(stamps.indices)
            if !isSorted {
                order.sort { (stamps[$0].hour, stamps[$0].line) < (stamps[$1].hour, stamps[$1].line) }
            }
            let first = stamps[order[0]]
            let last = stamps[order[order.count - 1]]
            let span = last.hour - first.hour
            guard span <= HourlyTableReader.longestSpanInHours else {
                throw TableError(
                    .spanTooLong(station: station, first: first.hour, last: last.hour),
                    line: Int(max(first.line, last.line)))
            }
            if isSorted, Int(span) + 1 == stamps.count {
                return HourlySeries(station: station, first: first.hour, rows: records.rows)
            }
            var rows = [HourRow](repeating: HourRow(), count: Int(span) + 1)
            var before: Int?
            for place in order {
                let stamp = stamps[place]
                if let before, stamps[before].hour == stamp.hour, records.rows[before] != records.rows[place] {
                    throw TableError(
                        .contradicts(station: station, hour: stamp.hour, line: Int(stamps[before].line)),
                        line: Int(stamp.line))
                }
                rows[Int(stamp.hour - first.hour)] = records.rows[place]
                before = place
            }
            return HourlySeries(station: station, first: first.hour, rows: rows)
        }
    }
}

/// A name that is equal to another only where every code point is, as in the store; `String` also takes composed and
/// decomposed letters for equal.
private struct StationName: Hashable {
    let text: String

    static func == (left: StationName, right: StationName) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// Whether bytes are UTF-8.
enum UTF8Check {
    /// - Throws: ``TableError`` with the line of the first byte that is not.
    static func check(_ bytes: [UInt8]) throws(TableError) {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let line = 1 + bytes[..<error.byteOffsets.lowerBound].count { $0 == UInt8(ascii: "\n") }
            throw TableError(.notUTF8, line: line)
        }
    }
}
