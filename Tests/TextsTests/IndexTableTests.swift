import AQICore
import Foundation
import Testing
import Texts

/// contracts.md, `compute`: the lines here were written by hand from the contract.
@Suite("Texts: index tables") struct IndexTableTests {
    /// 2017-01-01, the hour 07:00-08:00 in UTC+8.
    static let eight = Hour(start: 17_167 * 24 - 1)

    private func report(
        _ kind: ReportKind, edition: Edition = .hj633Of2012, _ results: [Indicator: IndicatorResult], index: Int32?
    ) -> IndexReport {
        var seven = InlineArray<7, IndicatorResult>(repeating: .notReported)
        for (indicator, result) in results { seven[indicator.index] = result }
        return IndexReport(kind: kind, edition: edition, results: seven, index: index)
    }

    /// A concentration in whole units, carbon monoxide in tenths.
    private func value(_ thousandths: Int32, _ subIndex: Int32?) -> IndicatorResult {
        .value(concentration: thousandths, subIndex: subIndex)
    }

    @Test func `the header is that of the contract`() {
        #expect(
            IndexTable.header
                == "station,time,aqi,level,primary,pm25,pm10,so2,no2,co,o3,o3_8h,iaqi_pm25,iaqi_pm10,iaqi_so2,iaqi_no2,iaqi_co,iaqi_o3,iaqi_o3_8h,note"
        )
    }

    @Test func `an hour is written with its hour-ending label, empty where a report has no such column`() {
        let report = report(
            .realtime,
            [
                .pm25: value(61_000, 84), .pm10: value(80_000, 65), .so2: value(5000, 2), .no2: value(41_000, 21),
                .co: value(500, 5), .o3: value(12_000, 4),
            ], index: 84)
        #expect(
            IndexTable.row(station: "Duke", period: Self.eight, report)
                == "Duke,2017-01-01T08:00:00+08:00,84,2,pm25,61,80,5,41,0.5,12,,84,65,2,21,5,4,,")
    }

    @Test func `a day is written as its date`() {
        let day = NaturalDay(number: 17_167)
        let report = report(
            .daily,
            [
                .pm25: value(35_000, 50), .pm10: value(50_000, 50), .so2: value(50_000, 50), .no2: value(40_000, 50),
                .co: value(2000, 50), .o3: value(160_000, 50), .o3EightHours: value(100_000, 50),
            ], index: 50)
        // At 50 there is no primary pollutant, though seven share it.
        #expect(
            IndexTable.row(station: "Duke", period: day.lastHour, report)
                == "Duke,2017-01-01,50,1,-,35,50,50,40,2.0,160,100,50,50,50,50,50,50,50,")
    }

    @Test func `the label of a day's last hour is midnight of the next`() {
        let line = IndexTable.row(
            station: "A", period: NaturalDay(number: 17_166).lastHour,
            report(.running24, [.pm25: value(0, 0)], index: 0))
        #expect(line == "A,2017-01-01T00:00:00+08:00,0,1,-,0,,,,,,,0,,,,,,,")
    }

    @Test func `primary pollutants that share the index are joined in the order of the columns`() {
        let shared = report(
            .running24, [.o3EightHours: value(240_000, 51), .pm25: value(36_000, 51), .co: value(2100, 51)], index: 51)
        #expect(
            IndexTable.row(station: "A", period: Self.eight, shared)
                == "A,2017-01-01T08:00:00+08:00,51,2,pm25+co+o3_8h,36,,,,2.1,,240,51,,,,51,,51,")
    }

    @Test func `levels change where the standard says`() {
        for (index, level) in [
            (0, 1), (50, 1), (51, 2), (100, 2), (101, 3), (150, 3), (151, 4), (200, 4), (201, 5), (300, 5), (301, 6),
            (500, 6),
        ] as [(Int32, Int)] {
            let line = IndexTable.row(
                station: "A", period: Self.eight, report(.realtime, [.no2: value(1000, index)], index: index))
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(fields[2...4].joined(separator: " ") == "\(index) \(level) \(index > 50 ? "no2" : "-")")
            #expect(fields.count == 20)
        }
    }

    @Test func `without an index there is NA, also for level and primary, and the note says why`() {
        let missing = report(
            .running24, edition: .hj633Of2026,
            [
                .pm25: .missing(.tooFewHours(have: 19, need: 20)), .pm10: value(50_000, 50), .so2: value(5000, 5),
                .no2: value(20_000, 25), .co: value(400, 10),
                .o3EightHours: .missing(.tooFewWindows(have: 3, need: 14)),
            ], index: nil)
        #expect(
            IndexTable.row(station: "A", period: Self.eight, missing)
                == "A,2017-01-01T08:00:00+08:00,NA,NA,NA,,50,5,20,0.4,,,,50,5,25,10,,,pm25: 19 of 20 hours; o3_8h: 3 of 14 8 h means"
        )
    }

    @Test func `a flagged value is named by its mark, one that never came by that`() {
        let line = IndexTable.row(
            station: "A", period: Self.eight,
            report(
                .realtime,
                [.pm25: .missing(.flagged(.fault)), .pm10: .missing(.flagged(.absent)), .so2: value(1000, 1)],
                index: 1))
        #expect(line == "A,2017-01-01T08:00:00+08:00,1,1,-,,,1,,,,,,,1,,,,,pm25: flag D; pm10: no value")
    }

    @Test func `a pollutant outside the site's plan is a stroke in its concentration columns`() {
        let line = IndexTable.row(
            station: "A", period: Self.eight,
            report(
                .daily, edition: .hj633Of2026,
                [.co: .notMonitored, .o3: .notMonitored, .o3EightHours: .notMonitored, .so2: value(1000, 1)],
                index: 1))
        #expect(line == "A,2017-01-01,1,1,-,,,1,,/,/,/,,,1,,,,,")
    }

    @Test func `a concentration without a sub-index is shown, and said`() {
        // HJ 633-2012 table 1, note 2: an SO2 hour above 800 without a valid 24 h mean.
        let line = IndexTable.row(
            station: "A", period: Self.eight, report(.realtime, [.so2: value(801_000, nil)], index: nil))
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        #expect(fields[2] == "NA" && fields[7] == "801" && fields[14] == "")
        #expect(fields[19].hasPrefix("so2: "))
    }

    @Test func `negative means and small carbon monoxide are written as rounded`() {
        let line = IndexTable.row(
            station: "A", period: Self.eight,
            report(.realtime, [.pm25: value(-3000, 0), .co: value(0, 0), .o3: value(0, 0)], index: 0))
        #expect(line == "A,2017-01-01T08:00:00+08:00,0,1,-,-3,,,,0.0,0,,0,,,,0,0,,")
    }

    @Test func `a station's name is quoted where it must be`() {
        let line = IndexTable.row(station: "a,\"b\"", period: Self.eight, report(.realtime, [:], index: nil))
        #expect(line.hasPrefix("\"a,\"\"b\"\"\",2017-01-01T08:00:00+08:00,NA,NA,NA,"))
    }

    @Test func `the same as JSON has numbers for numbers and null for nothing`() throws {
        let missing = report(
            .realtime, edition: .hj633Of2026,
            [.pm25: value(61_000, 101), .co: value(500, 5), .so2: .missing(.flagged(.fault))],
            index: 101)
        let line = IndexTable.json(station: "东四", period: Self.eight, missing).line
        #expect(line.hasPrefix(#"{"station":"东四","time":"2017-01-01T08:00:00+08:00","rules":"hj633-2026","#))
        let value = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        #expect(value["aqi"] as? Int == 101)
        #expect(value["level"] as? Int == 3)
        #expect(value["primary"] as? [String] == ["pm25"])
        #expect(value["pm25"] as? Int == 61)
        #expect(value["co"] as? Double == 0.5)
        #expect(value["so2"] is NSNull)
        #expect((value["iaqi"] as? [String: Any])?["pm25"] as? Int == 101)
        #expect((value["iaqi"] as? [String: Any])?["so2"] is NSNull)
    }
}
