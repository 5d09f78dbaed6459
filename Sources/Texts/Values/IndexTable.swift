package import AQICore

/// Index reports as a table, the form that `compute` and `export index` share.
package enum IndexTable {
    /// The columns.
    package static let header =
        "station,time,aqi,level,primary,pm25,pm10,so2,no2,co,o3,o3_8h,"
        + "iaqi_pm25,iaqi_pm10,iaqi_so2,iaqi_no2,iaqi_co,iaqi_o3,iaqi_o3_8h,note"

    /// One row, without a line end. `period` is the last hour of the period; it is written as its hour-**ending** label, for
    /// `daily` as the date.
    package static func row(station: String, period: Hour, _ report: IndexReport) -> String {
        var text = CSV.field(station)
        text += ","
        text += report.kind == .daily ? period.day.date.iso8601 : period.endingLabel.iso8601
        text += ","
        text += report.index.map { "\($0)" } ?? "NA"
        text += ","
        text += report.level.map { "\($0.rawValue)" } ?? "NA"
        text += ","
        text += primary(report)
        for place in report.results.indices {
            text += ","
            text += concentration(report.results[place], place: place)
        }
        for place in report.results.indices {
            text += ","
            if let subIndex = report.results[place].subIndex { text += "\(subIndex)" }
        }
        text += ","
        text += CSV.field(note(report))
        return text
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
        members.append(("note", .string(note(report))))
        return .object(members)
    }

    /// The names of the indicators with the largest sub-index joined with `+`; `-` up to 50, `NA` without an index.
    package static func primary(_ report: IndexReport) -> String {
        guard report.index != nil else { return "NA" }
        return report.primary.isEmpty ? "-" : report.primary.names.joined(separator: "+")
    }

    /// A published concentration; `/` where the pollutant is not monitored, empty where there is none.
    private static func concentration(_ result: IndicatorResult, place: Int) -> String {
        switch result {
        case .notReported, .missing: ""
        case .notMonitored: "/"
        case .value(let thousandths, _):
            place == Indicator.co.index
                ? DecimalWriting.fixed(thousandths: thousandths, decimals: 1) : "\(thousandths / 1000)"
        }
    }

    /// Why something is missing, indicator by indicator.
    package static func note(_ report: IndexReport) -> String {
        var parts: [String] = []
        for indicator in Indicator.allSeven {
            switch report[indicator] {
            case .missing(let reason): parts.append("\(indicator.name): \(text(reason))")
            case .value(_, subIndex: nil): parts.append("\(indicator.name): no mean to judge it by")
            case .notReported, .notMonitored, .value: break
            }
        }
        return parts.joined(separator: "; ")
    }

    private static func text(_ reason: MissingReason) -> String {
        switch reason {
        case .flagged(.absent): "no value"
        case .flagged(let flag): "flag \(flag.text)"
        case .tooFewHours(let have, let need): "\(have) of \(need) hours"
        case .tooFewWindows(let have, let need): "\(have) of \(need) 8 h means"
        }
    }
}
