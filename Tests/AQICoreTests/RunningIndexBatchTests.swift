import AQICore
import TestSupport
import Testing

@Suite("AQICore: sixteen stations at once") struct RunningIndexBatchTests {
    private static let pollutants: [Pollutant] = [.pm25, .pm10, .so2, .no2, .co]

    /// What the windows of one station say, packed the way the batch does.
    private func oneByOne(
        _ rows: [HourRow], from first: Hour, edition: Edition?, notMonitored: PollutantSet
    ) throws -> [RunningIndex] {
        var windows = StationWindows()
        let options = ReportOptions(includesOzone: false, notMonitored: notMonitored)
        return try rows.enumerated().map { offset, row in
            let hour = first + Int32(offset)
            try windows.advance(to: hour, row)
            let report = windows.report(
                .running24, edition: edition ?? Edition(forPeriodEndingAt: hour.endingLabel), options: options)
            var packed = report.index.map { $0 + 1 } ?? 0
            packed |= Int32(report.primary.bits) << 10
            for pollutant in RunningIndexBatchTests.pollutants
            where report.results[pollutant.index].concentration != nil {
                packed |= 1 << Int32(16 + pollutant.index)
            }
            return RunningIndex(packed: packed)
        }
    }

    private func batch(
        _ stations: [[HourRow]], from first: Hour, edition: Edition?, notMonitored: PollutantSet
    ) throws -> [[RunningIndex]] {
        let batch = try RunningIndexBatch(edition, notMonitored: notMonitored)
        var result: [[RunningIndex]] = []
        for start in stride(from: 0, to: stations.count, by: BlockRow.stationCount) {
            let own = stations[start..<min(start + BlockRow.stationCount, stations.count)]
            var rows = [BlockRow](repeating: BlockRow(), count: own.first?.count ?? 0)
            for (lane, station) in own.enumerated() {
                for (hour, row) in station.enumerated() {
                    for pollutant in RunningIndexBatchTests.pollutants { rows[hour][pollutant, lane] = row[pollutant] }
                }
            }
            var output = [Lanes](repeating: Lanes(repeating: .max), count: rows.count)
            var span = output.mutableSpan
            try batch.evaluate(rows.span, from: first, into: &span)
            for lane in own.indices { result.append(output.map { RunningIndex(packed: $0[lane - start]) }) }
        }
        return result
    }

    /// Hours with outages, noise below zero, values on breakpoints, values that no analyser should give.
    private func history(_ random: inout SeededRandom, hours: Int) -> [HourRow] {
        let scale = [5, 40, 150, 700].randomElement(using: &random) ?? 40
        let missing = [0, 5, 16, 30].randomElement(using: &random) ?? 0
        var level = random.integer(1...100)
        return (0..<hours).map { _ in
            var row = HourRow()
            if random.chance(4) { level = random.integer(0...100) }
            for pollutant in RunningIndexBatchTests.pollutants {
                if random.chance(missing) {
                    row[pollutant] = .missing([.absent, .fault, .calibration].randomElement(using: &random) ?? .fault)
                } else if random.chance(2) {
                    let odd: [Int32] = [2_000_000_000, 1_000_000_000, -1_048_576, -10_000, 0, 89_478_486]
                    row[pollutant] = Concentration(thousandths: odd.randomElement(using: &random) ?? 0)
                } else {
                    let whole = scale * level * random.integer(50...150) / 100
                    row[pollutant] = Concentration(thousandths: Int32(pollutant == .co ? whole / 2 : whole * 10))
                }
            }
            return row
        }
    }

    @Test(arguments: 1...67)
    func `any number of stations gives what each gives alone, also across the change of editions`(stationCount: Int)
        throws
    {
        var random = SeededRandom(seed: UInt64(stationCount))
        // The 30th of the hours is the first under HJ 633-2026.
        let first = Hour(endingAtLabel: Instant(seconds: 1_772_294_400)) - 29
        let stations = (0..<stationCount).map { _ in history(&random, hours: 60) }
        let edition: Edition? = [nil, nil, .hj633Of2012, .hj633Of2026][stationCount % 4]
        let notMonitored = PollutantSet(bits: random.chance(30) ? UInt8(random.integer(0...31)) : 0)
        let together = try batch(stations, from: first, edition: edition, notMonitored: notMonitored)
        for (station, rows) in stations.enumerated() {
            let alone = try oneByOne(rows, from: first, edition: edition, notMonitored: notMonitored)
            for hour in rows.indices where together[station][hour] != alone[hour] {
                let (have, want) = (together[station][hour], alone[hour])
                Issue.record(
                    "\(stationCount) stations (the seed), station \(station), hour \(hour): \(have), not \(want)")
            }
        }
    }

    /// Every integer of the tables and beyond, CO every tenth, held for 24 hours: the means of 20 to 24 equal hours.
    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `every concentration of the legal grid has the index of its table`(edition: Edition) throws {
        let ends: [Int32] = [510, 610, 2640, 950, 610]
        for (place, pollutant) in RunningIndexBatchTests.pollutants.enumerated() {
            let step: Int32 = pollutant == .co ? 100 : 1000
            var stations: [[HourRow]] = []
            for count in 0...ends[place] {
                var row = HourRow()
                row[pollutant] = Concentration(thousandths: count * step)
                stations.append([HourRow](repeating: row, count: 24))
            }
            var others = PollutantSet(bits: 0b1_1111)
            others.remove(pollutant)
            let first = Hour(start: 0)
            let indices = try batch(stations, from: first, edition: edition, notMonitored: others)
            for count in 0...Int(ends[place]) {
                let mean = Mean(Int32(count) * step)
                let wanted = edition.rules.evaluate(mean, by: edition.rules.day[place]).subIndex
                #expect(indices[count][18].index == nil)
                for hour in 19..<24 where indices[count][hour].index != wanted {
                    Issue.record("\(pollutant) \(count): \(indices[count][hour]), not \(wanted ?? -1)")
                }
            }
        }
    }

    /// A mean just at and just above each thousandth at which the index steps, with every count: the exact places where a
    /// rounded quotient goes wrong.
    @Test(arguments: [Edition.hj633Of2012, .hj633Of2026])
    func `a thousandth more or less around every step decides as the exact mean does`(edition: Edition) throws {
        for (place, pollutant) in RunningIndexBatchTests.pollutants.enumerated() {
            let table = edition.rules.day[place]
            func subIndex(_ sum: Int64, _ count: Int32) -> Int32? {
                edition.rules.evaluate(Mean(sum: sum, count: count), by: table).subIndex
            }
            var stations: [[HourRow]] = []
            var wanted: [Int32?] = []
            for count in 20...24 as ClosedRange<Int32> {
                var sum: Int64 = 0
                let end = Int64(table.last) * Int64(count)
                while sum < end, let now = subIndex(sum, count) {
                    // The largest sum with the same index.
                    var (below, above) = (sum, end + 1)
                    while above - below > 1 {
                        let middle = (below + above) / 2
                        if subIndex(middle, count) == now { below = middle } else { above = middle }
                    }
                    for near in below - 1...below + 1 {
                        var rows = [HourRow](repeating: HourRow(), count: 24)
                        for hour in 0..<Int(count) {
                            // Unequal hours with the wanted sum.
                            let share = near / Int64(count) + (Int64(hour) < near % Int64(count) ? 1 : 0)
                            rows[hour][pollutant] = Concentration(thousandths: Int32(share))
                        }
                        stations.append(rows)
                        wanted.append(subIndex(near, count))
                    }
                    sum = above
                }
            }
            var others = PollutantSet(bits: 0b1_1111)
            others.remove(pollutant)
            let indices = try batch(stations, from: Hour(start: 0), edition: edition, notMonitored: others)
            #expect(stations.count > 5 * 3 * 200)
            for (station, index) in indices.enumerated() where index[23].index != wanted[station] {
                Issue.record("\(pollutant), case \(station): \(index[23]), not \(wanted[station] ?? -1)")
            }
        }
    }

    @Test func `what no analyser measures is missing`() throws {
        var row = HourRow()
        row[.pm25] = Concentration(thousandths: -1_048_577)
        let rows = [HourRow](repeating: row, count: 24)
        let hours = try batch([rows], from: Hour(start: 0), edition: .hj633Of2012, notMonitored: PollutantSet())
        #expect(hours[0][23] == RunningIndex(packed: 0))
    }

    @Test func `an output of another length is refused and nothing is written`() throws {
        let batch = try RunningIndexBatch(.hj633Of2026)
        let rows = [BlockRow](repeating: BlockRow(), count: 3)
        var output = [Lanes](repeating: Lanes(repeating: 7), count: 2)
        #expect(throws: BatchError.wrongLength(have: 2, need: 3)) {
            var span = output.mutableSpan
            try batch.evaluate(rows.span, from: Hour(start: 0), into: &span)
        }
        #expect(output == [Lanes(repeating: 7), Lanes(repeating: 7)])
    }

    @Test func `an edition of mixing ratios has no batch and no report, and says so`() throws {
        #expect(throws: BatchError.unsuitableEdition(.usEPA2024)) { try RunningIndexBatch(.usEPA2024) }
        let report = try StationDay.clean.report(.running24, .usEPA2024)
        #expect(report.index == nil)
        for indicator in Indicator.allSeven { #expect(report[indicator] == .notReported) }
    }

    @Test func `no hours at all give no indices`() throws {
        let rows: [BlockRow] = []
        var output: [Lanes] = []
        var span = output.mutableSpan
        try RunningIndexBatch(nil).evaluate(rows.span, from: Hour(start: 0), into: &span)
    }
}
