import Inventory
import TestSupport
import Testing
import Warnings

/// Random inventories beside the slow oracle, and what a suggestion promises.
@Suite("Inventory: ratios against an oracle") struct ReductionOracleTests {
    /// Small numbers, so that requirements are often hit exactly, or the largest there are.
    static func tables(_ random: inout SeededRandom) -> InventoryTables {
        var tables = InventoryTables()
        let isLarge = random.chance(20)
        func amount(_ random: inout SeededRandom) -> Int64 {
            isLarge
                ? Int64(random.integer(0...Int(Emissions.most)))
                : t(Int64(random.integer(0...4))) * [330, 365, 1][random.integer(0...2)]
        }
        func emissions(_ random: inout SeededRandom) -> Emissions { Emissions { _ in amount(&random) } }
        func cut(_ random: inout SeededRandom) -> Int64 {
            Int64(random.chance(80) ? random.integer(0...10) * 1000 : random.integer(0...10_000))
        }
        let ratings: [Rating] = [.a, .b, .c, .none, .leader]
        for number in 0..<random.integer(1...6) {
            tables.add(
                "P\(number)", emissions(&random), cut: cut(&random), rating: ratings[random.integer(0...4)]
            ) {
                $0.isIdle = random.chance(15)
                if random.chance(15) { $0.membership = Membership(ground: .strategic) }
                $0.exception = "said so"
            }
        }
        for _ in 0..<random.integer(0...2) { tables.add(mobile: emissions(&random), cut: cut(&random)) }
        if random.chance(50) { tables.add(heating: emissions(&random), cut: cut(&random)) }
        for _ in 0..<random.integer(0...2) { tables.add(dust: amount(&random), cut: cut(&random)) }
        tables.add(.heatingDays, Int64(random.integer(1...366)))
        tables.add(.dustShare, Int64(random.integer(0...10) * 1000))
        if random.chance(50) { tables.add(.newCapacity, amount(&random), .mobile, .nox) }
        if random.chance(50) { tables.add(.newCapacity, amount(&random), .dust, .pm) }
        return tables
    }

    @Test func `ratios, verdicts and what is missing are those of the oracle`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        var verdicts: Set<LevelReduction.Verdict> = []
        for round in 0..<150 {
            let tables = Self.tables(&random)
            let level = WarningLevel.allCases[round % 3]
            let reduction = try tables.reduction(at: level)
            let oracle = SlowReduction(tables: tables, level: level)
            for pollutant in EmittedPollutant.allCases {
                let line = reduction.lines[pollutant]
                let said: Comment = "seed \(seed), round \(round), \(pollutant)"
                verdicts.insert(line.verdict)
                #expect((line.verdict == .noBase) == (oracle.ratio(pollutant) == nil), said)
                guard let ratio = oracle.ratio(pollutant), let shown = line.ratio?.hundredths else { continue }
                #expect(SlowFraction(Int(shown), 10_000) <= ratio, said)
                #expect(!(SlowFraction(Int(shown) + 1, 10_000) <= ratio), said)
                #expect((line.verdict == .short) == oracle.isShort(pollutant), said)
                if let missing = line.missing.map({ Int($0) }) {
                    #expect(oracle.isShort(pollutant, adding: missing) == false, said)
                    #expect(oracle.isShort(pollutant, adding: missing - 1) == true, said)
                }
            }
        }
        #expect(verdicts.count == 4, "seed \(seed): \(verdicts)")
    }

    @Test func `a suggestion asks only whom it may, the largest first, and says truly what comes out`() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SeededRandom(seed: seed)
        var steps = 0
        for round in 0..<150 {
            let tables = Self.tables(&random)
            let level = WarningLevel.allCases[round % 3]
            let said: Comment = "seed \(seed), round \(round)"
            let suggestion = try tables.inventory().suggestion(at: level)
            steps += suggestion.steps.count
            var stopped = tables
            for step in suggestion.steps {
                #expect(!step.plant.isIdle && step.plant.membership == nil, said)
                #expect(step.rating != .a && step.rating != .leader, said)
                for place in stopped.processes.indices where stopped.processes[place].plant == step.plant.id {
                    stopped.processes[place].stated = cuts(10_000)
                }
            }
            #expect(Set(suggestion.steps.map(\.plant.id)).count == suggestion.steps.count, said)
            // Stopping them in the tables gives the same.
            let outcome = try stopped.reduction(at: level)
            for pollutant in EmittedPollutant.allCases {
                #expect(outcome.lines[pollutant].verdict == suggestion.outcome.lines[pollutant].verdict, said)
                #expect(
                    outcome.lines[pollutant].ratio?.hundredths == suggestion.outcome.lines[pollutant].ratio?.hundredths,
                    said)
                let taken = suggestion.steps.filter { $0.pollutant == pollutant }
                for (earlier, later) in zip(taken, taken.dropFirst())
                where (earlier.rating == .b) == (later.rating == .b) {
                    #expect(earlier.gains[pollutant] >= later.gains[pollutant], said)
                }
                #expect(!zip(taken, taken.dropFirst()).contains { $0.rating == .b && $1.rating != .b }, said)
            }
            // Nobody who could give more is left where something is short.
            let left = tables.plants.filter { plant in
                !plant.isIdle && plant.membership == nil && !suggestion.steps.contains { $0.plant.id == plant.id }
                    && !tables.processes.contains { $0.plant == plant.id && ($0.rating == .a || $0.rating == .leader) }
            }
            for pollutant in suggestion.outOfReach {
                for process in tables.processes where left.contains(where: { $0.id == process.plant }) {
                    #expect(process.emissions[pollutant] == 0 || process.cuts[level] == .stop, said)
                }
            }
        }
        #expect(steps > 0)
    }
}
