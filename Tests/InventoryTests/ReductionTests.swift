import Inventory
import Testing
import Warnings

/// Plan 五(四): bases, ratios, requirements, the trade.
@Suite("Inventory: what a level takes away") struct ReductionTests {
    static let percent: [WarningLevel: Int64] = [.yellow: 10, .orange: 20, .red: 30]

    @Test(arguments: WarningLevel.allCases)
    func `exactly 10, 20 and 30 percent are enough, a hundredth of a percent less is not`(level: WarningLevel) throws {
        let required = (Self.percent[level] ?? 0) * 100
        for (cut, verdict) in [(required, LevelReduction.Verdict.met), (required - 1, .short), (required + 1, .met)] {
            var tables = InventoryTables()
            tables.add("P", grams(so2: 7_000_001, nox: 13, pm: t(3), vocs: 999_999_999_999), cut: cut)
            let reduction = try tables.reduction(at: level)
            for pollutant in EmittedPollutant.allCases {
                #expect(reduction.lines[pollutant].verdict == verdict, "\(pollutant) \(cut)")
                #expect(reduction.lines[pollutant].ratio?.hundredths == Int128(cut))
            }
            #expect(reduction.isFulfilled == (verdict == .met))
        }
    }

    @Test func `one gram a year of 730 tonnes decides`() throws {
        // 330 t over 330 days and 365 t over 365 days are a tonne a day each; a fifth of the first is a tenth of both.
        for (extra, verdict) in [(0, .met), (1, .short), (-1, .met)] as [(Int64, LevelReduction.Verdict)] {
            var tables = InventoryTables()
            tables.add("P", grams(so2: t(330), nox: t(330), pm: t(330), vocs: t(330)), cut: 2000)
            let mobile = t(365) + extra
            tables.add(mobile: grams(so2: mobile, nox: mobile, pm: mobile, vocs: mobile))
            let line = try tables.reduction(at: .yellow).lines.pm
            #expect(line.verdict == verdict)
            #expect(line.ratio?.hundredths == (extra == 1 ? 999 : 1000))
            #expect(line.base == 2_000_000 && line.cut == 200_000)
            #expect(line.missing == (extra == 1 ? 1 : nil))
        }
    }

    @Test(arguments: WarningLevel.allCases)
    func `SO2 and NOx may be traded at exactly 20, 40 and 60 points, PM and VOCs may not`(level: WarningLevel) throws {
        let required = (Self.percent[level] ?? 0) * 100
        for step in 0...10 {
            let less = required * Int64(step) / 10
            for (missing, verdict) in [(0, LevelReduction.Verdict.metByTrade), (1, .short)]
                as [(Int64, LevelReduction.Verdict)]
            where less >= missing && less - missing < required {
                var tables = InventoryTables()
                tables.add("S", grams(so2: t(11), pm: t(11)), cut: 2 * required - less)
                tables.add("N", grams(nox: t(17), vocs: t(17)), cut: less - missing)
                let reduction = try tables.reduction(at: level)
                #expect(reduction.lines.so2.verdict == .met)
                #expect(reduction.lines.nox.verdict == verdict, "\(level) \(less) \(missing)")
                #expect(reduction.lines.pm.verdict == .met)
                #expect(reduction.lines.vocs.verdict == .short)
                #expect(reduction.traded?.hundredths == Int128(2 * required - missing))
            }
        }
    }

    @Test func `a pollutant that nobody emits has no ratio and trades with nothing`() throws {
        var tables = InventoryTables()
        tables.add("P", grams(so2: t(1)), cut: 10_000)
        let reduction = try tables.reduction(at: .yellow)
        #expect(reduction.lines.so2.verdict == .met && reduction.lines.nox.verdict == .noBase)
        #expect(reduction.traded == nil && !reduction.isFulfilled)
    }

    @Test func `industry counts 330 days, heating its own, vehicles and dust 365`() throws {
        var tables = InventoryTables()
        tables.add("P", grams(pm: t(330)))
        tables.add(heating: grams(pm: t(2 * 121)))
        tables.add(mobile: grams(pm: t(3 * 365)))
        tables.add(dust: t(4 * 365))
        tables.add(.heatingDays, 121)
        tables.add(.dustShare, 10_000)
        #expect(try tables.reduction(at: .red).lines.pm.base == 10_000_000)
    }

    @Test func `routine cuts leave the base, new capacity joins it`() throws {
        var tables = InventoryTables()
        tables.add("P", grams(so2: t(3300)), cut: 1000)
        tables.add(.routineCut, t(660), .industry, .so2)
        #expect(try tables.reduction(at: .yellow).lines.so2.base == 8_000_000)
        #expect(try tables.reduction(at: .yellow).lines.so2.ratio?.hundredths == 1250)
        tables.add(.newCapacity, t(660), .industry, .so2)
        #expect(try tables.reduction(at: .yellow).lines.so2.ratio?.hundredths == 1000)
        tables.add(.newCapacity, t(1), .mobile, .so2)
        #expect(try tables.reduction(at: .yellow).lines.so2.verdict != .met)
    }

    @Test func `idle plants do not count, what is given up all winter does`() throws {
        var tables = InventoryTables()
        tables.add("P", grams(vocs: t(330)), cut: 500)
        tables.add("I", grams(vocs: t(33_000))) { $0.isIdle = true }
        tables.processes[0].seasonal = Cut(hundredths: 1000)
        let line = try tables.reduction(at: .yellow).lines.vocs
        #expect(line.base == 1_000_000 && line.cut == 100_000 && line.verdict == .met)
        // Not beside what a level takes, which is of the same base.
        tables.processes[0].stated = cuts(2000)
        #expect(try tables.reduction(at: .yellow).lines.vocs.cut == 200_000)
    }

    @Test func `dust counts for its share of the source apportionment only, its cuts with it`() throws {
        var tables = InventoryTables()
        tables.add("P", grams(pm: t(330)))
        tables.add(dust: t(3 * 365), cut: 10_000)
        // A quarter of PM is dust: a third of a tonne beside the tonne of industry.
        tables.add(.dustShare, 2500)
        let line = try tables.reduction(at: .yellow).lines.pm
        #expect(line.isDustCapped && line.base == 1_333_333 && line.cut == 333_333)
        #expect(line.ratio?.hundredths == 2500)
        tables.base = []
        tables.add(.dustShare, 7500)
        #expect(try !tables.reduction(at: .yellow).lines.pm.isDustCapped)
        #expect(try tables.reduction(at: .yellow).lines.pm.ratio?.hundredths == 7500)
        tables.base = []
        tables.add(.dustShare, 7499)
        #expect(try tables.reduction(at: .yellow).lines.pm.isDustCapped)
        tables.base = []
        tables.add(.dustShare, 0)
        #expect(try tables.reduction(at: .yellow).lines.pm.ratio?.hundredths == 0)
    }
}
