package import AQICore

/// Index reports as a table, the form that `compute` and `export index` share.
package enum IndexTable {
    /// The columns.
    package static let header =
        "station,time,aqi,level,primary,pm25,pm10,so2,no2,co,o3,o3_8h,"
        + "iaqi_pm25,iaqi_pm10,iaqi_so2,iaqi_no2,iaqi_co,iaqi_o3,iaqi_o3_8h,note"

    /// How long a row can be: the name all quotes, and beside it fewer than 20 numbers and 7 reasons.
    package static func longestRow(station: String) -> Int { 2 * station.utf8.count + 1024 }

    /// One row, without a line end. `period` is the last hour of the period; it is written as its hour-**ending** label, for
    /// `daily` as the date.
    package static func write(station: String, period: Hour, _ report: IndexReport, to text: inout OutputSpan<UInt8>) {
        text.append(field: station)
        text.append(ascii: ",")
        if report.kind == .daily { text.append(period.day.date) } else { text.append(period.endingLabel) }
        text.append(ascii: ",")
        if let index = report.index { text.append(index) } else { text.append("NA") }
        text.append(ascii: ",")
        if let level = report.level { text.append(UInt64(level.rawValue)) } else { text.append("NA") }
        text.append(ascii: ",")
        writePrimary(of: report, to: &text)
        for place in report.results.indices {
            text.append(ascii: ",")
            writeConcentration(report.results[place], place: place, to: &text)
        }
        for place in report.results.indices {
            text.append(ascii: ",")
            if let subIndex = report.results[place].subIndex { text.append(subIndex) }
        }
        text.append(ascii: ",")
        writeNote(of: report, to: &text)
    }

    /// The same as an object; numbers are numbers, and what has no value is null.
    package static func json(station: String, period: Hour, _ report: IndexReport) -> JSON {
        var members: [(String, JSON)] = [
            ("station", .string(station)),
            ("time", .string(report.kind == .daily ? period.day.date.iso8601 : period.endingLabel.iso8601)),
            ("rules", .string(report.edition.name)),
            ("report", .string(report.kind.name)),
            ("aqi", .integer(orNull: report.index)),
            ("level", .integer(orNull: report.level.map { Int32($0.rawValue) })),
            ("primary", .array(report.primary.names.map(JSON.string))),
        ]
        for indicator in Indicator.allSeven {
            let concentration = report[indicator].concentration
            members.append(
                (
                    indicator.name,
                    concentration.map { .number(DecimalWriting.shortest(thousandths: $0)) } ?? .null
                ))
        }
        members.append(
            (
                "iaqi",
                .object(Indicator.allSeven.map { ($0.name, .integer(orNull: report[$0].subIndex)) })
            ))
        members.append(("note", .string(note(of: report))))
        return .object(members)
    }

    /// The names of the indicators with the largest sub-index joined with `+`; `-` up to 50, `NA` without an index.
    private static func writePrimary(of report: IndexReport, to text: inout OutputSpan<UInt8>) {
        guard report.index != nil else { return text.append("NA") }
        let primary = report.primary
        if primary.isEmpty { return text.append(ascii: "-") }
        var isFirst = true
        for indicator in Indicator.allSeven where primary.contains(indicator) {
            if !isFirst { text.append(ascii: "+") }
            isFirst = false
            text.append(indicator.name)
        }
    }

    /// A published concentration; `/` where the pollutant is not monitored, nothing where there is none.
    private static func writeConcentration(_ result: IndicatorResult, place: Int, to text: inout OutputSpan<UInt8>) {
        switch result {
        case .notReported, .missing: break
        case .notMonitored: text.append(ascii: "/")
        case .value(let thousandths, _):
            if place == Indicator.co.index {
                text.append(thousandths: thousandths, decimals: 1)
            } else {
                text.append(thousandths / 1000)
            }
        }
    }

    /// Why something is missing, indicator by indicator; empty where nothing is.
    package static func note(of report: IndexReport) -> String {
        String(capacity: 1024) { writeNote(of: report, to: &$0) }
    }

    /// Nothing in a note needs quotes.
    private static func writeNote(of report: IndexReport, to text: inout OutputSpan<UInt8>) {
        var isFirst = true
        for indicator in Indicator.allSeven {
            let result = report[indicator]
            switch result {
            case .missing, .value(_, subIndex: nil): break
            case .notReported, .notMonitored, .value: continue
            }
            if !isFirst { text.append("; ") }
            isFirst = false
            text.append(indicator.name)
            text.append(": ")
            if case .missing(let reason) = result {
                write(reason, to: &text)
            } else {
                text.append("no mean to judge it by")
            }
        }
    }

    private static func write(_ reason: MissingReason, to text: inout OutputSpan<UInt8>) {
        switch reason {
        case .flagged(.absent): text.append("no value")
        case .flagged(let flag):
            text.append("flag ")
            text.append(flag.text)
        case .tooFewHours(let have, let need):
            text.append(have)
            text.append(" of ")
            text.append(need)
            text.append(" hours")
        case .tooFewWindows(let have, let need):
            text.append(have)
            text.append(" of ")
            text.append(need)
            text.append(" 8 h means")
        }
    }
}
