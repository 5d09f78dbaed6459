import AQICore
import TestSupport
import Testing

@Suite("AQICore: reports against a slow implementation") struct ReportOracleTests {
    /// What the code says, in the words of the oracle.
    private func cells(_ report: IndexReport) -> [SlowReport.Cell] {
        Indicator.allSeven.map { indicator in
            switch report[indicator] {
            case .notReported: .notReported
            case .notMonitored: .notMonitored
            case .missing: .missing
            case .value(let concentration, let subIndex): .value(Int(concentration), subIndex.map(Int.init))
            }
        }
    }

    /// Hours of one station: spells of clean and dirty air, single outages and long ones, values on the limits of the tables.
    private func history(_ random: inout SeededRandom, first: Int, hours: Int) -> SlowStation {
        var station = SlowStation()
        let scale = [1, 1, 3, 10].randomElement(using: &random) ?? 1
        let missingPercent = [0, 2, 10, 25].randomElement(using: &random) ?? 0
        let ends = [200_000, 250_000, 100_000, 120_000, 8000, 250_000]
        let limits = [0, 35, 50, 60, 75, 100, 115, 120, 150, 160, 200, 265, 500, 800, 801, 1200]
        var silentUntil = Array(repeating: first - 1, count: 6)
        var level = Array(repeating: 30, count: 6)
        for hour in first..<first + hours {
            var row: [Int?] = []
            for pollutant in 0..<6 {
                if random.chance(1) { silentUntil[pollutant] = hour + random.integer(1...30) }
                if random.chance(5) { level[pollutant] = random.integer(0...100) }
                guard hour > silentUntil[pollutant], !random.chance(missingPercent) else {
                    row.append(nil)
                    continue
                }
                if random.chance(3) {
                    row.append((limits.randomElement(using: &random) ?? 0) * (pollutant == 4 ? 50 : 1000))
                } else if random.chance(1) {
                    row.append(random.chance(50) ? -random.integer(0...10_000) : 2_000_000_000)
                } else {
                    let top = max(ends[pollutant] * scale * level[pollutant] / 100, 1)
                    // Analysers give whole numbers, city means thousandths.
                    let value = random.integer(top / 2...top)
                    row.append(
                        scale == 3 ? value : value / 1000 * 1000 + (pollutant == 4 ? value % 1000 / 100 * 100 : 0))
                }
            }
            if !random.chance(1) { station.hours[hour] = row }
        }
        return station
    }

    @Test(arguments: 1...500 as ClosedRange<UInt64>)
    func `every report of a random history is the slow one's`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let day = NaturalDay(number: Int32(random.integer(-400...21_000)))
        let first = Int(day.firstHour.start) - random.integer(0...9)
        let count = 24 * 3 + 12
        let slow = history(&random, first: first, hours: count)
        let ozone = random.chance(80)
        let notMonitored = Set(Pollutant.allSix.filter { _ in random.chance(8) })
        var set = PollutantSet()
        for pollutant in notMonitored { set.insert(pollutant) }
        let options = ReportOptions(includesOzone: ozone, notMonitored: set)

        var windows = StationWindows()
        for start in first..<first + count {
            let hour = Hour(start: Int32(start))
            // An hour that the station did not send is a gap for the windows.
            let isLastOfDay = hour.numberInDay == 24
            guard slow.hours[start] != nil || isLastOfDay else { continue }
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                if let value = slow.hours[start]?[pollutant.index] {
                    row[pollutant] = Concentration(thousandths: Int32(value))
                }
            }
            try windows.advance(to: hour, row)
            var kinds: [ReportKind] = isLastOfDay ? [.daily] : []
            if isLastOfDay || random.chance(15) { kinds += [.realtime, .running24] }
            for kind in kinds {
                for edition in [Edition.hj633Of2012, .hj633Of2026] {
                    let report = windows.report(kind, edition: edition, options: options)
                    let wanted = slow.report(kind, edition, ending: start, ozone: ozone, notMonitored: notMonitored)
                    let said = SlowReport(cells: cells(report), index: report.index.map(Int.init))
                    if said != wanted || report.primary.names != wanted.primary {
                        Issue.record("seed \(seed), hour \(start), \(kind) \(edition): \(said), not \(wanted)")
                    }
                }
            }
        }
    }
}
