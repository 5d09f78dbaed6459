import ArgumentParser
import Inventory
import Terminal
import Texts
import Warnings

struct InventoryRatios: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ratios",
        abstract: "What each level takes away of SO2, NOx, PM and VOCs, beside the 10, 20 and 30 % that it must.",
        discussion: """
            Exact: a ratio is shown cut to two decimals, and judged before it is. Where something is missing, plants that could
            give it are suggested, the largest first; plants on a list, A-rated ones and leaders are not asked.

            EXAMPLES
              aqi-monitor inventory ratios *.csv
              aqi-monitor inventory ratios *.csv --level orange --json
            """)

    @OptionGroup var inventory: InventoryOptions

    @Option(help: "yellow, orange or red; all three without.")
    var level: WarningLevel?

    @Option(help: "How many plants of a suggestion are shown; all of them with --json.")
    var plants = 20

    @Flag(help: "A line of JSON a level.")
    var json = false

    func validate() throws {
        if plants < 0 { throw ValidationError("--plants \(plants): 0 or more.") }
    }

    mutating func run() throws {
        let inventory = try inventory.readOrFail()
        var output = try Output(path: nil)
        for level in level.map({ [$0] }) ?? WarningLevel.allCases {
            let reduction = inventory.reduction(at: level)
            let suggestion = reduction.isFulfilled ? nil : inventory.suggestion(at: level)
            if json {
                try output.line(reduction.json(suggestion).line)
            } else {
                for line in reduction.lines(dustShare: inventory.dustShare) { try output.line(line) }
                for line in suggestion?.lines(longest: plants) ?? [] { try output.line(line.harmless) }
            }
        }
        try output.finish()
    }
}

extension LevelReduction {
    fileprivate func lines(dustShare: Int64?) -> [String] {
        let words = Session.words
        let required = LevelReduction.required(level)
        var rows = [words.reductionHeader]
        for pollutant in EmittedPollutant.allCases {
            let line = self.lines[pollutant]
            rows.append([
                words.pollutant(pollutant), tonnes(line.base), tonnes(line.cut),
                line.ratio.map { percent($0.hundredths) } ?? "-", line.missing.map(tonnes) ?? "-",
                words.verdict(line.verdict),
            ])
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].columns }.max() ?? 0 }
        var lines = [words.reductionTitle(level, required: percent(required))]
        lines += rows.map { row in
            let cells = row.enumerated().map { column, cell in
                let gap = String(repeating: " ", count: widths[column] - cell.columns)
                return column == 0 ? cell + gap : column == row.count - 1 ? cell : gap + cell
            }
            return "  " + cells.joined(separator: "  ")
        }
        if let traded {
            lines.append("  " + words.trade(percent(traded.hundredths), required: percent(2 * required)))
        }
        if let dustShare, self.lines.pm.isDustCapped {
            lines.append("  " + words.dustIsCapped(at: percent(Int128(dustShare))))
        }
        return lines
    }

    fileprivate func json(_ suggestion: Suggestion?) -> JSON {
        .object([
            ("level", .string(level.rawValue)), ("requiredPercent", number(LevelReduction.required(level))),
            ("fulfilled", .bool(isFulfilled)),
            (
                "pollutants",
                .object(EmittedPollutant.allCases.map { ($0.rawValue, json(of: lines[$0])) })
            ),
            ("tradePoints", traded.map { number($0.hundredths) } ?? .null),
            ("suggestion", suggestion?.json ?? .null),
        ])
    }

    private func json(of line: Line) -> JSON {
        .object([
            ("baseTonnesPerDay", .number(tonnes(line.base))), ("cutTonnesPerDay", .number(tonnes(line.cut))),
            ("ratioPercent", line.ratio.map { number($0.hundredths) } ?? .null),
            ("verdict", .string(line.verdict.rawValue)),
            ("missingTonnesPerDay", line.missing.map { .number(tonnes($0)) } ?? .null),
            ("dustIsCapped", .bool(line.isDustCapped)),
        ])
    }

    private func number(_ hundredths: Int128) -> JSON { .number(percent(hundredths)) }
}

extension Suggestion {
    fileprivate func lines(longest: Int) -> [String] {
        let words = Session.words
        var lines: [String] = []
        if !steps.isEmpty { lines.append("  " + words.suggestionTitle(outcome.level, plants: steps.count)) }
        lines += steps.prefix(longest).map { step in
            "    "
                + words.suggestionStep(
                    plant: step.plant.isClassified ? step.plant.id : "\(step.plant.id) \(step.plant.name)",
                    rating: step.rating, pollutant: step.pollutant, tonnes: tonnes(step.gains[step.pollutant]))
        }
        if steps.count > longest { lines.append("    ...") }
        if !outOfReach.isEmpty {
            let ratios = outOfReach.map { outcome.lines[$0].ratio.map { percent($0.hundredths) } ?? "-" }
            lines.append("  " + words.outOfReach(outOfReach, ratios: ratios))
            lines.append("  " + words.shortfallNeeds)
        }
        return lines
    }

    fileprivate var json: JSON {
        .object([
            (
                "plants",
                .array(
                    steps.map { step in
                        .object(
                            [
                                ("plant", .string(step.plant.id)),
                                ("name", step.plant.isClassified ? .null : .string(step.plant.name)),
                                ("rating", .string(step.rating.rawValue)), ("for", .string(step.pollutant.rawValue)),
                            ]
                                + EmittedPollutant.allCases.map {
                                    ("\($0.rawValue)TonnesPerDay", .number(tonnes(step.gains[$0])))
                                })
                    })
            ),
            ("outOfReach", .array(outOfReach.map { .string($0.rawValue) })),
            (
                "attainablePercent",
                .object(
                    EmittedPollutant.allCases.map {
                        ($0.rawValue, outcome.lines[$0].ratio.map { .number(percent($0.hundredths)) } ?? .null)
                    })
            ),
        ])
    }
}

/// Hundredths of a per cent, as `12.34`.
private func percent(_ hundredths: Int128) -> String {
    DecimalWriting.shortest(Int64(clamping: hundredths), decimals: 2)
}

/// Grams as tonnes, to the kilogram, or to the gram where that is all there is.
private func tonnes(_ grams: Int128) -> String { DecimalWriting.shortest(Int64(clamping: grams), decimals: 6) }
