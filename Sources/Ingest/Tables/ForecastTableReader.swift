package import AQICore

/// A forecast table: concentrations by the hour (`issued,time,pm25,pm10,so2,no2,co`) or the index by the day
/// (`issued,date,aqi`).
package enum ForecastTable: Equatable, Sendable {
    /// Hours of one issue; the series is named after nothing.
    package struct HourlyIssue: Equatable, Sendable {
        package var issued: Instant
        package var series: HourlySeries
    }

    /// The index of one day; nil where the table leaves it empty.
    package struct DailyValue: Equatable, Sendable {
        package var issued: Instant
        package var day: NaturalDay
        package var index: Int32?
    }

    /// In the order of their issue.
    case hourly([HourlyIssue])
    /// In the order of their issue.
    case daily([DailyValue])
}

/// Reads forecast tables; times are hour-**ending** labels, as in every table.
package enum ForecastTableReader {
    /// Reads a whole table.
    ///
    /// - Throws: ``TableError`` with the line on which the record begins.
    package static func read(_ bytes: [UInt8]) throws(TableError) -> ForecastTable {
        try UTF8Check.check(bytes)
        var header = CSVRecords(bytes)
        guard try header.next() else { throw TableError(.empty, line: 0) }
        let names = header.fields.map { header.text($0).lowercased() }
        guard let issued = names.firstIndex(of: "issued") else {
            throw TableError(.missingColumn("issued"), line: header.line)
        }
        if let date = names.firstIndex(of: "date") {
            for (place, name) in names.enumerated() where ["issued", "date", "aqi"].contains(name) {
                guard names.firstIndex(of: name) == place else {
                    throw TableError(.repeatedColumn(name), line: header.line)
                }
            }
            guard let index = names.firstIndex(of: "aqi") else {
                throw TableError(.missingColumn("aqi"), line: header.line)
            }
            return .daily(
                try readDaily(&header, issued: issued, date: date, index: index, count: names.count))
        }
        // An issue is a station whose name is the time of its issue: the hourly reader does the rest.
        let reader = HourlyTableReader(stationColumn: "issued") { text, line throws(TableError) in
            guard let instant = TimeText.parse(text) else { throw TableError(.badTime(text), line: line) }
            return "\(instant.seconds)"
        }
        let issues = try reader.read(bytes).series.compactMap { series in
            TimeText.parse(series.station).map { ForecastTable.HourlyIssue(issued: $0, series: series) }
        }
        return .hourly(issues.sorted { $0.issued < $1.issued })
    }

    private static func readDaily(
        _ records: inout CSVRecords, issued: Int, date: Int, index: Int, count: Int
    ) throws(TableError) -> [ForecastTable.DailyValue] {
        var values: [ForecastTable.DailyValue] = []
        while try records.next() {
            guard records.fields.count == count else {
                throw TableError(.fieldCount(have: records.fields.count, need: count), line: records.line)
            }
            let issuedField = records.fields[issued]
            guard let instant = TimeText.parse(records.bytes.span, issuedField.range) else {
                throw TableError(.badTime(records.text(issuedField)), line: records.line)
            }
            let dateField = records.fields[date]
            guard let day = TimeText.parseDate(records.bytes.span, dateField.range) else {
                throw TableError(.badDate(records.text(dateField)), line: records.line)
            }
            values.append(.init(issued: instant, day: day, index: try readIndex(records, records.fields[index])))
        }
        return values.enumerated().sorted { ($0.element.issued, $0.offset) < ($1.element.issued, $1.offset) }
            .map(\.element)
    }

    private static func readIndex(_ records: CSVRecords, _ field: CSVRecords.Field) throws(TableError) -> Int32? {
        let text = records.text(field)
        if HourlyTableReader.missingTexts.contains(text.lowercased()) { return nil }
        guard case .thousandths(let value, inexact: 0) = DecimalText.parse(records.bytes.span, field.range),
            value % 1000 == 0
        else { throw TableError(.badNumber(column: "aqi", text: text), line: records.line) }
        guard (0...500_000).contains(value) else {
            throw TableError(
                .outOfRange(column: "aqi", text: text, lowest: "0", highest: "500"), line: records.line)
        }
        return Int32(value / 1000)
    }
}
