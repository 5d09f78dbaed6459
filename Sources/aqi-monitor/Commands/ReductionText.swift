import Inventory
import Texts
import Warnings

extension LevelReduction {
    /// A line a pollutant: base, cut, ratio, target, and whether it is reached or how much is missing.
    func text(dustShare: Int64?) -> [String] {
        let words = Session.words
        let required = LevelReduction.required(level)
        let rows = EmittedPollutant.allCases.map { pollutant in
            let line = lines[pollutant]
            return [
                words.pollutant(pollutant), line.base.tonnes, line.cut.tonnes, line.ratio?.percent ?? "-",
                required.percent, words.verdict(line.verdict, missing: line.missing?.tonnes),
            ]
        }
        var text = [words.reductionTitle(level, required: DecimalWriting.shortest(Int64(required), decimals: 2))]
        text += TextTable.lines([words.reductionHeader] + rows, left: [0, 5]).map { "  " + $0 }
        if let traded {
            text.append(
                "  "
                    + words.trade(
                        traded.percent, required: (2 * required).percent, isReached: traded.reaches(2 * required)))
        }
        if let dustShare, lines.pm.isDustCapped {
            text.append("  " + words.dustIsCapped(at: DecimalWriting.shortest(dustShare, decimals: 2)))
        }
        return text
    }
}

extension Suggestion {
    /// A line a plant with what it gives of every pollutant, their sum, and the ratios that it makes.
    func text(longest: Int) -> [String] {
        let words = Session.words
        var text = ["  " + words.suggestionTitle(outcome.level, plants: steps.count, isEnough: outOfReach.isEmpty)]
        if !steps.isEmpty {
            let pollutants = EmittedPollutant.allCases
            let together = pollutants.map { pollutant in steps.reduce(0) { $0 + $1.gains[pollutant] } }
            var rows = [words.suggestionHeader + pollutants.map(words.pollutant)]
            rows += steps.prefix(longest).map { step in
                [
                    step.plant.id, step.plant.isClassified ? "" : step.plant.name, words.rating(step.rating),
                    words.pollutant(step.pollutant),
                ] + pollutants.map { step.gains[$0].tonnes }
            }
            if steps.count > longest { rows.append([words.suggestionRest(steps.count - longest)]) }
            rows.append([words.suggestionTogether, "", "", ""] + together.map(\.tonnes))
            rows.append(
                [words.suggestionRatio, "", "", ""] + pollutants.map { outcome.lines[$0].ratio?.percent ?? "-" })
            text += TextTable.lines(rows, left: [0, 1, 2, 3]).map { "    " + $0 }
        }
        if !outOfReach.isEmpty {
            text.append(
                "  "
                    + words.outOfReach(outOfReach, missing: outOfReach.map { outcome.lines[$0].missing?.tonnes ?? "-" })
            )
            text.append("  " + words.shortfallNeeds)
        }
        return text
    }
}

extension Ratio {
    /// Per cent cut to two decimals.
    fileprivate var percent: String { hundredths.percent }
}

extension Int128 {
    /// Grams as tonnes, to the gram.
    fileprivate var tonnes: String { DecimalWriting.fixed(Int64(clamping: self), decimals: 6) }
    /// Hundredths of a per cent, as `12.30`.
    fileprivate var percent: String { DecimalWriting.fixed(Int64(clamping: self), decimals: 2) }
}
