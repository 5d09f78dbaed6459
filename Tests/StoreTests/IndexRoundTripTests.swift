import AQICore
import Store
import TestSupport
import Testing

private let kinds: [ReportKind] = [.realtime, .running24, .daily]

@Suite("Store: index reports") struct IndexRoundTripTests {
    private func report(
        _ results: [IndicatorResult], kind: ReportKind = .realtime, edition: Edition = .hj633Of2026, index: Int32? = nil
    ) -> IndexReport {
        var seven = InlineArray<7, IndicatorResult>(repeating: .notReported)
        for (place, result) in results.enumerated() { seven[place] = result }
        return IndexReport(kind: kind, edition: edition, results: seven, index: index)
    }

    private func expectBack(_ records: [IndexRecord], _ comment: Comment? = nil) throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        var batch = StoreBatch()
        batch.indices = records
        try store.write(batch)
        let reader = try StoreReader(path: store.path)
        for kind in kinds {
            let wanted = records.filter { $0.report.kind == kind }
            #expect(try reader.read { try $0.indices(kind) } == wanted, comment)
        }
    }

    @Test func `every kind of result comes back in every place`() throws {
        var results: [IndicatorResult] = [
            .notReported, .notMonitored, .value(concentration: 35_000, subIndex: 50),
            .value(concentration: 801_000, subIndex: nil), .value(concentration: 0, subIndex: 0),
            .value(concentration: -5000, subIndex: 0), .value(concentration: 2_000_000_000, subIndex: 500),
            .missing(.tooFewHours(have: 0, need: 20)), .missing(.tooFewHours(have: 19, need: 20)),
            .missing(.tooFewWindows(have: 3, need: 14)), .missing(.tooFewWindows(have: 13, need: 14)),
        ]
        results += HourRoundTripTests.flags.map { .missing(.flagged($0)) }
        var records: [IndexRecord] = []
        for kind in kinds {
            var hour = first
            for result in results {
                for place in 0..<7 {
                    var seven = [IndicatorResult](repeating: .value(concentration: 1000, subIndex: 1), count: 7)
                    seven[place] = result
                    records.append(IndexRecord(station: "A", period: hour, report: report(seven, kind: kind)))
                    hour = hour + 24
                }
            }
        }
        try expectBack(records)
    }

    @Test func `an index is NA or a number, under either edition`() throws {
        var records: [IndexRecord] = []
        var hour = first
        for edition in Edition.all {
            for index in [nil, 0, 50, 51, 500] as [Int32?] {
                records.append(
                    IndexRecord(station: "A", period: hour, report: report([], edition: edition, index: index)))
                hour = hour + 1
            }
        }
        try expectBack(records)
    }

    @Test(arguments: [11, 12, 13] as [UInt64])
    func `random reports come back as they were`(seed: UInt64) throws {
        var random = Random(seed: seed)
        var records: [IndexRecord] = []
        for station in ["A", "东四"] {
            for kind in kinds {
                for offset in 0..<60 {
                    let results = (0..<7).map { _ in randomResult(&random) }
                    let index = random.below(3) == 0 ? nil : Int32(random.below(501))
                    let edition: Edition = random.below(2) == 0 ? .hj633Of2012 : .hj633Of2026
                    records.append(
                        IndexRecord(
                            station: station, period: first + Int32(offset * (kind == .daily ? 24 : 1)),
                            report: report(results, kind: kind, edition: edition, index: index)))
                }
            }
        }
        try expectBack(records, "seed \(seed)")
    }

    private func randomResult(_ random: inout Random) -> IndicatorResult {
        switch random.below(6) {
        case 0: .notReported
        case 1: .notMonitored
        case 2: .missing(.flagged(HourRoundTripTests.flags[random.below(HourRoundTripTests.flags.count)]))
        case 3: .missing(.tooFewHours(have: Int32(random.below(24)), need: 20))
        case 4: .missing(.tooFewWindows(have: Int32(random.below(24)), need: 14))
        default:
            .value(
                concentration: Int32(random.below(3000)) * 100 - 10_000,
                subIndex: random.below(5) == 0 ? nil : Int32(random.below(501)))
        }
    }

    @Test func `reports that the core computes come back as they were`() throws {
        var windows = StationWindows()
        var random = Random(seed: 14)
        var records: [IndexRecord] = []
        for offset in 0..<Int32(96) {
            var hour = HourRow()
            for pollutant in Pollutant.allSix where random.below(8) > 0 {
                hour[pollutant] = Concentration(thousandths: Int32(random.below(400_000)))
            }
            try windows.advance(to: first + offset, hour)
            for kind in kinds where kind != .daily || (first + offset).numberInDay == 24 {
                let edition: Edition = offset % 2 == 0 ? .hj633Of2012 : .hj633Of2026
                let options = ReportOptions(includesOzone: offset % 3 > 0)
                records.append(
                    IndexRecord(
                        station: "A", period: first + offset,
                        report: windows.report(kind, edition: edition, options: options)))
            }
        }
        try expectBack(records)
    }

    @Test func `a period is found by its last hour, whatever its length`() throws {
        let folder = try TemporaryFolder()
        let store = try MonitorStore(path: folder.file("a.db"))
        var batch = StoreBatch()
        for kind in kinds {
            for offset in [0, 24, 48] as [Int32] {
                batch.indices.append(IndexRecord(station: "A", period: first + offset, report: report([], kind: kind)))
            }
        }
        try store.write(batch)
        for kind in kinds {
            func offsets(_ from: Int32?, _ through: Int32?) throws -> [Int32] {
                try store.read { queries in
                    try queries.indices(kind, from: from.map { first + $0 }, through: through.map { first + $0 })
                        .map { $0.period - first }
                }
            }
            #expect(try offsets(24, 24) == [24])
            #expect(try offsets(1, 47) == [24])
            #expect(try offsets(nil, 23) == [0])
            #expect(try offsets(25, nil) == [48])
        }
    }

    @Test func `the three reports of one hour do not replace one another`() throws {
        try expectBack(
            kinds.enumerated().map {
                IndexRecord(station: "A", period: first, report: report([], kind: $0.element, index: Int32($0.offset)))
            })
    }
}
