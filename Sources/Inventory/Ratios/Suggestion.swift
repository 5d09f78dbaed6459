package import Warnings

/// Plants that could give what is missing: a suggestion and no order.
///
/// The largest available further cut first, until the requirements hold. Plants that are on a list, idle, A-rated or leaders are
/// not asked (Plan 五(五)); B-rated ones after all others **[ours]**.
package struct Suggestion: Sendable {
    package struct Step: Sendable {
        package let plant: Plant
        package let rating: Rating
        /// For which pollutant it was taken.
        package let pollutant: EmittedPollutant
        /// Grams a day that stopping all of its processes would take away beyond the list, rounded down.
        package let gains: ByPollutant<Int128>
    }

    package let steps: [Step]
    /// What the level would be with all of them.
    package let outcome: LevelReduction
    /// Pollutants that fall short even with everybody who may be asked.
    package let outOfReach: [EmittedPollutant]
}

extension EmissionInventory {
    /// Which plants could give what is missing at a level.
    package func suggestion(at level: WarningLevel) -> Suggestion {
        var balances = balances(at: level)
        let candidates = candidates(at: level)
        var queues = ByPollutant { pollutant in
            candidates.indices.filter { candidates[$0].gains[pollutant] > 0 }.sorted {
                candidates[$0].comes(before: candidates[$1], for: pollutant)
            }[...]
        }
        var isTaken = [Bool](repeating: false, count: candidates.count)
        var steps: [Suggestion.Step] = []
        while let pollutant = shortest(balances, level, ofThose: { !queues[$0].isEmpty }) {
            let place = queues[pollutant].removeFirst()
            if isTaken[place] { continue }
            isTaken[place] = true
            let candidate = candidates[place]
            for other in EmittedPollutant.allCases { balances[other].cut += candidate.gains[other] }
            steps.append(
                Suggestion.Step(
                    plant: tables.plants[candidate.plant], rating: standings[candidate.plant].rating,
                    pollutant: pollutant,
                    gains: ByPollutant { candidate.gains[$0] / (10_000 * balances[$0].scale) }))
        }
        let outcome = LevelReduction(level: level, balances)
        return Suggestion(
            steps: steps, outcome: outcome,
            outOfReach: EmittedPollutant.allCases.filter { outcome.lines[$0].verdict == .short })
    }

    /// A pollutant that falls short and for which somebody is left: the one that has least.
    private func shortest(
        _ balances: ByPollutant<Balance>, _ level: WarningLevel, ofThose isOpen: (EmittedPollutant) -> Bool
    ) -> EmittedPollutant? {
        let verdicts = Judgement(level: level, balances).verdicts
        return EmittedPollutant.allCases.filter { verdicts[$0] == .short && isOpen($0) }
            .min { (balances[$0].ratio?.hundredths ?? 0) < (balances[$1].ratio?.hundredths ?? 0) }
    }

    private struct Candidate {
        let plant: Int
        let isRatedB: Bool
        /// As the cuts of a ``Balance``.
        var gains: ByPollutant<Int128>

        func comes(before other: Candidate, for pollutant: EmittedPollutant) -> Bool {
            if isRatedB != other.isRatedB { return other.isRatedB }
            let (gain, otherGain) = (gains[pollutant], other.gains[pollutant])
            return gain != otherGain ? gain > otherGain : plant < other.plant
        }
    }

    private func candidates(at level: WarningLevel) -> [Candidate] {
        let weight = weight(of: .industry)
        return tables.plants.indices.compactMap { plant in
            let standing = standings[plant]
            guard !tables.plants[plant].isIdle, standing.membership == nil, !standing.rating.isOfTheBest else {
                return nil
            }
            var gains = ByPollutant<Int128> { _ in 0 }
            for process in processes[plant].lazy.map({ tables.processes[$0] }) {
                let left = Int128(10_000 - process.cuts[level].hundredths) * weight
                for pollutant in EmittedPollutant.allCases {
                    gains[pollutant] += Int128(process.emissions[pollutant]) * left
                }
            }
            return Candidate(plant: plant, isRatedB: standing.rating == .b, gains: gains)
        }
    }
}
